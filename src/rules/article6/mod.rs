//! 6: the person's rights and complaints.

pub mod no_channel;
