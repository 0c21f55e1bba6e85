//! What a prompt of the app's own asks for: a permission, consent to documents, or the use of information.

use super::lexicon::{Meaning, means};
use super::purpose;
use super::reading::Reading;
use super::signs::SIGNS;

/// The permissions that a prompt asks for, where it is an ask of the app's own and not about its documents; none for
/// an ask for something else ("join the improvement plan").
pub fn permissions_asked(reading: &Reading) -> Option<Vec<String>> {
    let prompt = reading.prompt.as_ref()?;
    if prompt.names_policy || is_about_documents(reading) {
        return None;
    }
    let lower = prompt.text.to_lowercase();
    let permissions: Vec<String> =
        match SIGNS.asks_permission.iter().any(|word| lower.contains(word.as_str())) {
            true => purpose::permissions_in(&prompt.text).into_iter().map(str::to_owned).collect(),
            false => Vec::new(),
        };
    let agree = reading.control(Meaning::Agree).is_some();
    let answer = agree || reading.control(Meaning::Refuse).is_some();
    (agree || (answer && !permissions.is_empty())).then_some(permissions)
}

/// The prompt is about documents that one agrees to, not an advert or a tour.
pub fn is_about_documents(reading: &Reading) -> bool {
    reading.control(Meaning::Agreement).is_some()
        || reading.consent_boxes().next().is_some()
        || reading.implied_consent.is_some()
        || asks_for_use_of_information(reading)
}

/// The prompt asks for consent to the use of information, whether or not it names a document: consent managers do.
fn asks_for_use_of_information(reading: &Reading) -> bool {
    let Some(prompt) = &reading.prompt else { return false };
    means(&prompt.text, Meaning::ConsentToUse)
        && reading.control(Meaning::Agree).is_some()
        && reading.control(Meaning::Refuse).is_some()
}
