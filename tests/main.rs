//! Every test that stands outside of the crate, as one program: it is linked once. One file per subject; `phone` plays
//! phones, `support` runs the program and reads what it leaves.

mod cli;
mod cli_look;
mod cli_measure;
mod cli_policy;
mod danger_labels;
mod kept_recordings;
mod minefield;
mod phone;
mod phone_android;
mod phone_ios;
mod phone_minefield;
mod replay;
mod replayed;
mod support;
mod web_appium;
mod web_cut_off;
mod web_driving;
mod web_evidence;
mod web_foreign;
mod web_guard;
mod web_kits;
mod web_minefield;
mod web_pause;
mod web_policy;
mod web_readers;
mod web_report;
mod web_rights;
mod web_rules;
mod web_scenario;
mod web_time;
mod web_traffic;
mod web_trouble;
mod web_twice;
mod web_withdrawal;
mod zoo;
