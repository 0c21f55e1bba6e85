//! Writes a recording as it happens. Every entry is on its way to disk before the run goes on, so a
//! run that is cut off leaves everything up to that point.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::{Timestamp, Unit};

use super::entries::{Accessed, Guarding, ScreenSeen, Trouble};
use super::event::{Entry, Event};
use super::file::FileRef;
use super::mask::Masks;
use super::requests::{HAR, Requests};
use super::state::{Consent, State};
use super::{GENESIS, TIMELINE, paint, sha256};
use crate::language::reading::Reading;
use crate::sight::tick::Tick;
use crate::world::Observation;
use crate::world::access::{Access, Watch};
use crate::world::guard::Guard;
use crate::world::request::Request;

/// A file of the recording could not be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot read or write {path}: {source}. What was recorded before is whole; free space or choose another --artifacts folder"
)]
pub struct WriteError {
    path: String,
    source: std::io::Error,
}

/// What was read from a screen and its pixels, to be written beside them.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub reading: Reading,
    /// As [`ScreenSeen::ticks`].
    pub ticks: Vec<Tick>,
    /// As [`ScreenSeen::contrasts`].
    pub contrasts: Vec<Option<f32>>,
}

/// The writing end of a recording.
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
    timeline: File,
    /// Bytes of the timeline that are whole lines.
    length: u64,
    previous: String,
    seq: u64,
    screens: HashMap<String, u32>,
    masks: Masks,
    /// The same, for whoever writes beside the recording.
    shared_masks: Arc<RwLock<Masks>>,
    last_screen: u32,
    watch: Option<Watch>,
    guarding: Option<(Guard, bool)>,
    requests: Requests,
    /// The state that the app is in, by what was recorded.
    state: State,
}

impl Recorder {
    /// Starts a recording in a folder, which is made; an existing timeline is never written over.
    ///
    /// # Errors
    /// When the folder or the timeline cannot be made.
    pub fn create(folder: &Path, masks: Masks) -> Result<Recorder, WriteError> {
        let screens = folder.join("screens");
        fs::create_dir_all(&screens).map_err(|source| error(&screens, source))?;
        let path = folder.join(TIMELINE);
        let timeline = OpenOptions::new()
            .create_new(true)
            .append(true)
            .open(&path)
            .map_err(|source| error(&path, source))?;
        let mut requests = Requests::default();
        for (name, value) in masks.secrets() {
            requests.plant(&name, &value);
        }
        Ok(Recorder {
            folder: folder.to_owned(),
            timeline,
            length: 0,
            previous: GENESIS.to_owned(),
            seq: 0,
            screens: HashMap::new(),
            shared_masks: Arc::new(RwLock::new(masks.clone())),
            masks,
            last_screen: 0,
            watch: None,
            guarding: None,
            requests,
            state: State::default(),
        })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is kept out of the recording.
    pub fn masks(&self) -> &Masks {
        &self.masks
    }

    /// Keeps a value out of the recording from now on: `name` stands for it.
    pub fn hide(&mut self, name: &str, value: &str) {
        self.masks.hide(name, value);
        self.requests.plant(name, value);
        self.shared_masks.write().unwrap_or_else(PoisonError::into_inner).hide(name, value);
    }

    /// What is kept out of the recording at any moment, for whoever writes beside it.
    pub fn shared_masks(&self) -> Arc<RwLock<Masks>> {
        self.shared_masks.clone()
    }

    /// Number of the screen recorded last; 0 before the first.
    pub fn last_screen(&self) -> u32 {
        self.last_screen
    }

    /// Permissions that the person refused since the last fresh start.
    pub fn refused(&self) -> &BTreeSet<String> {
        &self.state.refused
    }

    /// Returns what the person last said to the app's documents, since the app was newly installed.
    pub fn consent(&self) -> Consent {
        self.state.consent
    }

    /// Whether the person consented since the last fresh start.
    pub fn consented(&self) -> bool {
        self.state.agreed
    }

    /// Appends an event and returns its sequence number.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn append(&mut self, event: Event) -> Result<u64, WriteError> {
        let path = self.folder.join(TIMELINE);
        let io = |source: std::io::Error| error(&path, source);
        let time = Timestamp::now().round(Unit::Millisecond).unwrap_or_else(|_| Timestamp::now());
        let seq = self.seq + 1;
        self.state.turn(seq, time, &event);
        let entry = Entry { seq, time, prev: self.previous.clone(), event };
        let mut value = serde_json::to_value(&entry).map_err(|e| io(e.into()))?;
        self.masks.value(&mut value);
        let line = value.to_string();
        // One write per line: a crash leaves whole lines and at most one torn one at the end.
        if let Err(source) = self.timeline.write_all(format!("{line}\n").as_bytes()) {
            // A full disk takes half a line: without that half, what comes later can still be added and read.
            let _ = self.timeline.set_len(self.length);
            return Err(io(source));
        }
        self.length += line.len() as u64 + 1;
        self.seq = seq;
        self.previous = sha256(line.as_bytes());
        Ok(seq)
    }

    /// Records what the app called for.
    ///
    /// # Errors
    /// When a line cannot be written.
    pub fn note(&mut self, accesses: Vec<Access>) -> Result<(), WriteError> {
        for access in accesses {
            self.append(Event::Accessed(Accessed { screen: self.last_screen, access }))?;
        }
        Ok(())
    }

    /// Looks for a planted value in every request from now on; `name` is its name in the persona.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.requests.plant(name, value);
    }

    /// Records what the app sent: each request with what was found in it, and masked in `traffic.har`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn note_requests(&mut self, requests: &[Request]) -> Result<(), WriteError> {
        for request in requests {
            let taken = self.requests.take(&self.folder, &self.masks, self.last_screen, request);
            let sent = taken.map_err(|source| error(&self.folder.join(HAR), source))?;
            self.append(Event::RequestSent(Box::new(sent)))?;
        }
        Ok(())
    }

    /// Records how much of what the app calls for is seen, where that is another than before.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn watching(&mut self, watch: Watch) -> Result<(), WriteError> {
        if self.watch.as_ref() != Some(&watch) {
            self.append(Event::Watching(watch.clone()))?;
            self.watch = Some(watch);
        }
        Ok(())
    }

    /// Records how requests of walks are held back, where that is another than before; `works` says whether they can be.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn guarding(&mut self, guard: Guard, works: Option<bool>) -> Result<(), WriteError> {
        let state = (guard, works.unwrap_or(false));
        if self.guarding != Some(state) {
            self.append(Event::Guarding(Guarding { guard: state.0, works: state.1 }))?;
            self.guarding = Some(state);
        }
        Ok(())
    }

    /// Records what was seen: stores the picture and the tree (once), and writes what was read from them beside. Returns
    /// the entry, with the screen's number.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn see(&mut self, observation: &Observation, read: Read) -> Result<ScreenSeen, WriteError> {
        self.note(observation.accesses.clone())?;
        let screen = &observation.screen;
        let painted = self.painted(observation)?;
        let shown = painted.as_ref().or(observation.picture.as_ref()).filter(|png| !png.is_empty());
        let mut tree = serde_json::to_value(screen).map_err(|e| error(&self.folder, e.into()))?;
        self.masks.value(&mut tree);
        let tree = tree.to_string();
        let key = sha256(format!("{tree}{}", shown.map(|png| sha256(png)).unwrap_or_default()).as_bytes());
        let known = self.screens.get(&key).copied();
        let number = known.unwrap_or(self.screens.len() as u32 + 1);
        self.screens.insert(key, number);
        let picture = match shown {
            Some(png) => Some(self.store(&format!("screens/{number:04}.png"), png, known.is_none())?),
            None => None,
        };
        let tree = self.store(&format!("screens/{number:04}.json"), tree.as_bytes(), known.is_none())?;
        let Read { reading, ticks, contrasts } = read;
        let seen = ScreenSeen {
            screen: number,
            picture,
            tree,
            address: screen.address.clone(),
            title: screen.title.clone(),
            again: known.is_some(),
            settled: screen.settled,
            characters: screen.seen_text().chars().count(),
            height: screen.dp(screen.height),
            reading,
            ticks,
            contrasts,
        };
        self.last_screen = number;
        self.append(Event::ScreenSeen(Box::new(seen.clone())))?;
        Ok(seen)
    }

    /// The picture with secrets painted over; `None` where there is nothing to paint over.
    fn painted(&mut self, observation: &Observation) -> Result<Option<Vec<u8>>, WriteError> {
        let Some(png) = &observation.picture else { return Ok(None) };
        let places = paint::places(&observation.screen, &self.masks);
        if places.is_empty() {
            return Ok(None);
        }
        let painted = paint::over(png, &places);
        if painted.is_none() {
            let what =
                "a picture that shows a secret cannot be read to paint it over, and was left out".to_owned();
            self.append(Event::Trouble(Trouble { what }))?;
        }
        Ok(Some(painted.unwrap_or_default()))
    }

    /// Writes a text beside the timeline and returns its reference.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn text(&mut self, file: &str, text: &str) -> Result<FileRef, WriteError> {
        let text = self.masks.text(text);
        self.store(file, text.as_bytes(), true)
    }

    /// Writes data beside the timeline, masked, and returns its reference.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn data(&mut self, file: &str, data: &impl serde::Serialize) -> Result<FileRef, WriteError> {
        let mut value = serde_json::to_value(data).map_err(|e| error(&self.folder, e.into()))?;
        self.masks.value(&mut value);
        self.store(file, value.to_string().as_bytes(), true)
    }

    fn store(&self, file: &str, bytes: &[u8], write: bool) -> Result<FileRef, WriteError> {
        if write {
            let path = self.folder.join(file);
            put(&path, bytes).map_err(|source| error(&path, source))?;
        }
        Ok(FileRef { file: file.to_owned(), sha256: sha256(bytes) })
    }
}

/// Writes a file whole or not at all, as far as that can be had.
pub(super) fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::write(path, bytes).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}

pub(super) fn error(path: &Path, source: std::io::Error) -> WriteError {
    WriteError { path: path.display().to_string(), source }
}
