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
    Ok(())
}
