//! Documents that fill a screen without being in its tree.

/// The text of a PDF, or `None` where it has none that can be read. Read on another thread: a hostile
/// file may take long or make the reader panic, and neither may end the run.
pub async fn pdf_text(bytes: Vec<u8>) -> Option<String> {
    if !bytes.starts_with(b"%PDF") {
        return None;
    }
    let read = tokio::task::spawn_blocking(move || pdf_extract::extract_text_from_mem(&bytes).ok());
    let text = tokio::time::timeout(std::time::Duration::from_secs(30), read).await.ok()?.ok()??;
    (!text.trim().is_empty()).then_some(text)
}
