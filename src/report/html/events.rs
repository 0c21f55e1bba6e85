//! Entries of the timeline as the page shows them: what kind of thing happened, and in which words.

use crate::language::purpose;
use crate::recording::{Event, Omission, Outcome, RefusedBy};
use crate::rules::catalogue::{Bilingual, both};
use crate::world::Start;
use crate::world::access::AccessKind;
use crate::world::guard::Guard;

use super::words::operation;

/// What kind of thing an entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Consent,
    Refusal,
    Withdrawal,
    /// A permission was asked for.
    Asked,
    /// A sensor or what tells devices apart was read, or something was stored on the device.
    Accessed,
    /// Something left the device.
    Sent,
    Operation,
    Screen,
    Trouble,
    Other,
}

impl Kind {
    pub fn class(self) -> &'static str {
        match self {
            Kind::Consent => "consent",
            Kind::Refusal => "refusal",
            Kind::Withdrawal => "withdrawal",
            Kind::Asked => "asked",
            Kind::Accessed => "accessed",
            Kind::Sent => "sent",
            Kind::Operation => "operation",
            Kind::Screen => "screen",
            Kind::Trouble => "trouble",
            Kind::Other => "other",
        }
    }
}

/// The kind of an entry.
pub fn of(event: &Event) -> Kind {
    match event {
        Event::ConsentGiven { .. } => Kind::Consent,
        Event::ConsentRefused { .. } => Kind::Refusal,
        Event::ConsentWithdrawn { .. } => Kind::Withdrawal,
        Event::PermissionAsked { .. } => Kind::Asked,
        Event::Accessed { access, .. } if access.kind == AccessKind::Ask => Kind::Asked,
        Event::Accessed { .. } => Kind::Accessed,
        Event::OperationDone { .. } => Kind::Operation,
        Event::ScreenSeen(_) => Kind::Screen,
        Event::Trouble { .. } | Event::HeldBack { .. } => Kind::Trouble,
        // What has no words of its own here is still drawn where it belongs, by its name in the timeline.
        other => match name(other).as_str() {
            "request sent" | "frame sent" => Kind::Sent,
            "storage written" => Kind::Accessed,
            _ => Kind::Other,
        },
    }
}

/// An entry in words.
pub fn words(event: &Event) -> Bilingual {
    match event {
        Event::RunStarted(start) => {
            both(format!("the run began: {}", start.tool), format!("开始：{}", start.tool))
        }
        Event::ProbeStarted { probe } => both(format!("probe {probe}"), format!("探测 {probe}")),
        Event::ProbeEnded { probe, outcome: Outcome::Complete } => {
            both(format!("probe {probe} ran to its end"), format!("探测 {probe} 完成"))
        }
        Event::ProbeEnded { probe, outcome: Outcome::Incomplete(why) } => {
            both(format!("probe {probe} could not finish: {why}"), format!("探测 {probe} 未能完成：{why}"))
        }
        Event::AppStarted { how } => match how {
            Start::Fresh => both("the app starts, newly installed", "新安装后启动应用"),
            Start::Resumed => both("the app starts again", "再次启动应用"),
            Start::Upgraded => both("the app starts after an upgrade", "升级后启动应用"),
        },
        Event::ScreenSeen(seen) => {
            let title = if seen.title.is_empty() { String::new() } else { format!(" “{}”", seen.title) };
            both(format!("screen {}{title}", seen.screen), format!("界面 {}{title}", seen.screen))
        }
        Event::OperationDone { operation: done, .. } => operation(done),
        Event::ConsentGiven { by, .. } => {
            both(format!("consent given by “{by}”"), format!("通过“{by}”表示同意"))
        }
        Event::ConsentRefused { by, how, .. } => match how {
            RefusedBy::Control => both(format!("consent refused by “{by}”"), format!("通过“{by}”拒绝同意")),
            RefusedBy::Close => {
                both(format!("the prompt closed by “{by}”"), format!("通过“{by}”关闭提示，未同意"))
            }
            RefusedBy::Back => both("left by going back, without consent", "按返回离开，未同意"),
        },
        Event::ConsentWithdrawn { by, .. } => {
            both(format!("consent withdrawn by “{by}”"), format!("通过“{by}”撤回同意"))
        }
        Event::WithdrawalTried(tried) => both(
            format!("the entry “{}” for taking consent back was followed", tried.entry),
            format!("已进入撤回同意的入口“{}”", tried.entry),
        ),
        Event::TargetedSwitchSeen(seen) => {
            let (en, zh) = match seen.personalised {
                Some(true) => ("on", "开启"),
                Some(false) => ("off", "关闭"),
                None => ("not known", "无法判断"),
            };
            both(
                format!("personalisation by the switch “{}”: {en}", seen.label),
                format!("开关“{}”所示的个性化：{zh}", seen.label),
            )
        }
        Event::Accessed { access, .. } => {
            let (what, zh) = (&access.what, purpose::chinese(&access.what));
            match access.kind {
                AccessKind::Ask => both(format!("asks for {what}"), format!("申请{zh}权限")),
                AccessKind::Sensor => both(format!("reads the {what} sensor"), format!("读取{zh}传感器")),
                AccessKind::Identifier => both(format!("reads {what}"), format!("读取{zh}")),
            }
        }
        Event::PermissionAsked { permission, .. } => both(
            format!("the system asks for {permission}"),
            format!("系统弹窗申请{}权限", purpose::chinese(permission)),
        ),
        Event::PermissionAnswered { permission, answer, .. } => {
            let (en, zh) = if answer.refuses() { ("refused", "已拒绝") } else { ("allowed", "已允许") };
            both(format!("{permission} {en}"), format!("{}权限{zh}", purpose::chinese(permission)))
        }
        Event::GoalReached(reached) => both(
            format!("{} reached in {} operations", reached.goal, reached.path.len()),
            format!("经 {} 次操作到达 {}", reached.path.len(), reached.goal),
        ),
        Event::GoalRuledOut(ruled) => both(
            format!("{} not found within {} operations", ruled.goal, ruled.depth),
            format!("{} 次操作之内没有找到 {}", ruled.depth, ruled.goal),
        ),
        Event::PathReplayed { goal, arrived: true, .. } => {
            both(format!("the way to {goal} gone once more"), format!("再次走到 {goal}"))
        }
        Event::PathReplayed { goal, arrived: false, .. } => both(
            format!("the way to {goal} leads elsewhere the second time"),
            format!("再次操作没有到达 {goal}"),
        ),
        Event::SessionLooked { signed_in, .. } => match signed_in {
            Some(true) => both("the session still is in the account", "仍处于登录状态"),
            Some(false) => both("the session is no longer in the account", "已不在登录状态"),
            None => both("whether the session is in the account is not known", "无法判断是否登录"),
        },
        Event::PolicyRead(read) => both(
            format!("the policy read: {} characters", read.characters),
            format!("已读取隐私政策：{} 字", read.characters),
        ),
        Event::MainReached { .. } => both("the main screen", "主界面"),
        Event::TextMeasured { screen, .. } => {
            both(format!("text on screen {screen} measured"), format!("已测量界面 {screen} 的文字"))
        }
        Event::TextNotMeasured { screen, why } => both(
            format!("text on screen {screen} not measured: {why}"),
            format!("界面 {screen} 的文字未能测量：{why}"),
        ),
        Event::FunctionTried(tried) => {
            both(format!("function “{}” tried", tried.name), format!("试用功能“{}”", tried.name))
        }
        Event::AskAnswered { by, agreed, .. } => {
            let (en, zh) = if *agreed { ("agreed to", "同意") } else { ("declined", "拒绝") };
            both(format!("an ask of the app {en} by “{by}”"), format!("通过“{by}”{zh}了应用的请求"))
        }
        Event::Guarding { guard, works } => match (guard, works) {
            (Guard::Off, _) => {
                both("no request is held back, as the scenario says", "按场景设定，不拦截请求")
            }
            (_, true) => both(
                "requests that may change something are held back from here on",
                "此后拦截可能造成改动的请求",
            ),
            (_, false) => both(
                "no request can be held back here: words alone decide what is tapped",
                "此处无法拦截请求：只凭文字判断可否点按",
            ),
        },
        Event::ControlsLeft { controls, .. } => {
            let labels: Vec<String> =
                controls.iter().take(8).map(|left| format!("“{}”", left.label)).collect();
            both(
                format!("left alone, as it may do harm: {}", labels.join(", ")),
                format!("可能造成损害，未点按：{}", labels.join("、")),
            )
        }
        Event::HeldBack { control, request, .. } => both(
            format!(
                "held back after “{control}”: {} {} ({})",
                request.method, request.address, request.because
            ),
            format!("点按“{control}”后拦截：{} {}（{}）", request.method, request.address, request.because),
        ),
        Event::LeftOut { what: Omission::WalkInAccount, .. } => both(
            "the account is somebody's own, and was not walked through",
            "账号属于个人所有，没有在其中自动浏览",
        ),
        Event::LeftOut { what: Omission::WithdrawalInAccount, .. } => both(
            "the account is somebody's own, and its consent was not taken back",
            "账号属于个人所有，没有撤回其同意",
        ),
        Event::Trouble { what } => both(format!("trouble: {what}"), format!("故障：{what}")),
        Event::RunEnded { whole: true } => both("the run ended", "运行结束"),
        Event::RunEnded { whole: false } => both("the run was cut off", "运行中断"),
        other => {
            let name = name(other);
            both(name.clone(), name)
        }
    }
}

/// The entry's own name in the timeline, for kinds that need no words of their own.
fn name(event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    value.get("event").and_then(|name| name.as_str()).unwrap_or("entry").replace('_', " ")
}
