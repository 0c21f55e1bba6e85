//! Facts by name (`<properties>`) in a JUnit report, for dashboards that sort and filter by them. The crate that writes the report
//! knows none: they are put in as it is read back.

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

/// A name and what stands there; texts of an app must be fit to be shown.
pub type Fact = (&'static str, String);

/// Adds facts to the suite and to its cases, in their order.
///
/// # Errors
/// When the report is no XML.
pub fn add_facts(report: &[u8], suite: &[Fact], cases: &[Vec<Fact>]) -> Result<String, String> {
    let mut reader = Reader::from_reader(report);
    let mut writer = Writer::new(Vec::with_capacity(report.len() * 2));
    let mut cases = cases.iter();
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Eof => break,
            Event::Start(start) if start.name().as_ref() == b"testsuite" => {
                write(&mut writer, Event::Start(start))?;
                write_facts(&mut writer, suite)?;
            }
            Event::Start(start) if start.name().as_ref() == b"testcase" => {
                write(&mut writer, Event::Start(start))?;
                write_facts(&mut writer, cases.next().map_or(&[][..], Vec::as_slice))?;
            }
            Event::Empty(start) if start.name().as_ref() == b"testcase" => {
                write(&mut writer, Event::Start(start))?;
                write_facts(&mut writer, cases.next().map_or(&[][..], Vec::as_slice))?;
                write(&mut writer, Event::End(BytesEnd::new("testcase")))?;
            }
            other => write(&mut writer, other)?,
        }
    }
    String::from_utf8(writer.into_inner()).map_err(|e| e.to_string())
}

fn write_facts(writer: &mut Writer<Vec<u8>>, facts: &[Fact]) -> Result<(), String> {
    if facts.is_empty() {
        return Ok(());
    }
    write(writer, Event::Start(BytesStart::new("properties")))?;
    for (name, value) in facts {
        // An app's text must not name attachments of its own.
        let value = value.replace("[[ATTACHMENT", "[ [ATTACHMENT");
        let property = BytesStart::new("property");
        write(writer, Event::Empty(property.with_attributes([("name", *name), ("value", value.as_str())])))?;
    }
    write(writer, Event::End(BytesEnd::new("properties")))
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), String> {
    writer.write_event(event).map_err(|e| e.to_string())
}
