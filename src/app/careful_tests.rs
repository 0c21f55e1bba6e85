//! The hand against a double of an app that counts what reaches it.
