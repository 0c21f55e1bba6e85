//! What a run looks for in what the app sends.

use super::job::Job;
use crate::recording::Recorder;

/// Has everything looked for in what the app sends that was planted: what is typed, and the place.
pub(super) fn plant(job: &Job, recorder: &mut Recorder) {
    for (name, value) in &job.values {
        recorder.plant(name, value);
    }
    let (latitude, longitude) = job.place();
    recorder.plant("location", &format!("{latitude:.5},{longitude:.5}"));
}
