//! Writing the reports of a recording beside it.

use super::error::RunError;
use crate::recording::Recording;
use crate::recording::seal::replace;
use crate::report;
use crate::rules::Findings;

/// Writes the reports of a recording beside it.
///
/// # Errors
/// When a file cannot be written.
pub fn write_reports(recording: &Recording, findings: &Findings) -> Result<(), RunError> {
    let folder = recording.folder();
    for form in report::FORMS {
        let path = folder.join(form.file);
        let failed = |why: String| RunError::Report { path: path.display().to_string(), why };
        let text = (form.write)(recording, findings).map_err(failed)?;
        replace(&path, text.as_bytes()).map_err(|e| failed(e.to_string()))?;
    }
    write_follow_ups(recording)
}

/// Writes what was asked for and is answered later beside the recording.
fn write_follow_ups(recording: &Recording) -> Result<(), RunError> {
    let files = report::follow_ups::write(recording);
    let folder = recording.folder().join(report::follow_ups::FOLDER);
    let failed =
        |path: &std::path::Path, why: String| RunError::Report { path: path.display().to_string(), why };
    if !files.is_empty() {
        std::fs::create_dir_all(&folder).map_err(|e| failed(&folder, e.to_string()))?;
    }
    for (name, text) in files {
        let path = recording.folder().join(name);
        replace(&path, text.as_bytes()).map_err(|e| failed(&path, e.to_string()))?;
    }
    Ok(())
}
