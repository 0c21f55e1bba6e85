//! What a person does: the one unit that item 1.3 counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a swipe moves the content's view: `Down` shows what lies below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl Direction {
    /// Returns how far a finger moves to the right and down in a swipe of `reach`: it moves against the view.
    pub fn finger_way(self, reach: f32) -> (f32, f32) {
        match self {
            Direction::Down => (0.0, -reach),
            Direction::Up => (0.0, reach),
            Direction::Right => (-reach, 0.0),
            Direction::Left => (reach, 0.0),
        }
    }
}

/// One thing that a person does to an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Operation {
    /// A tap at a point, px of the picture. `label` says on what, for the reader.
    Tap {
        x: f32,
        y: f32,
        label: String,
    },
    /// Text into the field at a point, px of the picture; `submit` presses Enter after it.
    Type {
        x: f32,
        y: f32,
        label: String,
        text: String,
        submit: bool,
    },
    /// A swipe that begins in the middle of an area, px of the picture.
    Swipe {
        direction: Direction,
        x: f32,
        y: f32,
        reach: f32,
    },
    Back,
    /// An answer to a native alert.
    Answer {
        accept: bool,
    },
    /// Opening an address, as a scenario's step can ask. Not something the explorer does.
    Open {
        address: String,
    },
}

impl Operation {
    /// What a person does to undo it: swipes the other way, or goes back.
    pub fn undone(&self) -> Operation {
        match self {
            Operation::Swipe { direction, x, y, reach } => {
                let direction = match direction {
                    Direction::Up => Direction::Down,
                    Direction::Down => Direction::Up,
                    Direction::Left => Direction::Right,
                    Direction::Right => Direction::Left,
                };
                Operation::Swipe { direction, x: *x, y: *y, reach: *reach }
            }
            _ => Operation::Back,
        }
    }
}

impl Operation {
    /// As it is told in Chinese; [`Display`](std::fmt::Display) tells it in English.
    pub fn chinese(&self) -> String {
        match self {
            Operation::Tap { label, .. } => format!("点按“{label}”"),
            Operation::Type { label, text, .. } => format!("在“{label}”中输入“{text}”"),
            Operation::Swipe { direction, .. } => {
                let side = match direction {
                    Direction::Up => "上方",
                    Direction::Down => "下方",
                    Direction::Left => "左侧",
                    Direction::Right => "右侧",
                };
                format!("滑动，查看{side}的内容")
            }
            Operation::Back => "返回".to_owned(),
            Operation::Answer { accept: true } => "在系统弹窗中确认".to_owned(),
            Operation::Answer { accept: false } => "关闭系统弹窗".to_owned(),
            Operation::Open { address } => format!("打开 {address}"),
        }
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Operation::Tap { label, .. } => write!(f, "tap “{label}”"),
            Operation::Type { label, text, .. } => write!(f, "type “{text}” into “{label}”"),
            Operation::Swipe { direction, .. } => write!(
                f,
                "swipe to see what is {}",
                match direction {
                    Direction::Up => "above",
                    Direction::Down => "below",
                    Direction::Left => "on the left",
                    Direction::Right => "on the right",
                }
            ),
            Operation::Back => f.write_str("go back"),
            Operation::Answer { accept: true } => f.write_str("accept the alert"),
            Operation::Answer { accept: false } => f.write_str("dismiss the alert"),
            Operation::Open { address } => write!(f, "open {address}"),
        }
    }
}
