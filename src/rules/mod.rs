//! What a recording means, item by item.

pub mod catalogue;
