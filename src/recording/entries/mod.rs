//! The kinds of entries of a timeline, each with its fields and what it says of itself; `event.rs` lists them.

pub mod account;
pub mod again;
pub mod app;
pub mod attested;
pub mod consent;
pub mod follow_up;
pub mod permission;
pub mod run;
pub mod safety;
pub mod screen;
pub mod search;
pub mod traffic;
pub mod version;

pub use account::*;
pub use again::*;
pub use app::*;
pub use attested::*;
pub use consent::*;
pub use follow_up::*;
pub use permission::*;
pub use run::*;
pub use safety::*;
pub use screen::*;
pub use search::*;
pub use traffic::*;
pub use version::*;
