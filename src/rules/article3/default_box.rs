//! One box of consent: whether it was on before the person touched it, by its pixels and by the app's own tree (3.4).

use crate::language::reading::TickBox;
use crate::rules::rule::Opinion;
use crate::screen::Checked;
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both, said};

/// Weighs a box as it was found. `agreed` says that the person had agreed to something before, on this start.
pub fn weigh_box(tick: &TickBox, pixels: Tick, agreed: bool) -> Opinion {
    let label: String = tick.label.chars().take(60).collect();
    let on = Some(Checked::On);
    if agreed && (pixels == Tick::On || tick.by_tree == on) {
        return Opinion::review(said!(
            "“{label}” is on, but after the person had agreed to something before: decide whether this is its own consent",
            "“{label}”为选中状态，但此前用户已表示过同意：请判断是否属于另一项同意",
            label
        ));
    }
    match (pixels, tick.by_tree) {
        (Tick::On, None) if tick.ornament => Opinion::review(said!(
            "a mark stands beside “{label}”, and nothing shows that it can be tapped: decide whether it is a ticked box or an ornament",
            "“{label}”旁有一个标记，但没有迹象表明可以点击：请判断是已勾选的框还是装饰图标",
            label
        )),
        (_, Some(Checked::Mixed)) => Opinion::review(said!(
            "“{label}” is half on before the person touched it: look at what it stands for",
            "“{label}”在用户操作之前为部分选中状态：请人工查看",
            label
        )),
        (Tick::On, Some(Checked::Off)) => Opinion::review(said!(
            "“{label}” looks ticked, but the app's own tree says that it is off: look at it",
            "“{label}”看上去已勾选，但应用的控件状态为未勾选：请人工查看",
            label
        )),
        (Tick::On, _) => Opinion::violation(said!(
            "“{label}” is on before the person touched it ({by})",
            "“{label}”在用户操作之前已经选中（{by}）",
            label,
            by = say_by_what(tick)
        )),
        (Tick::Off, state) if state == on => Opinion::review(said!(
            "“{label}” looks empty, but the app's own tree says that it is on: the person cannot see that consent is set",
            "“{label}”看上去未勾选，但应用的控件状态为已选中：用户看不出已被默认同意",
            label
        )),
        (Tick::Unsure, state) if state == on && !tick.hidden_native => Opinion::violation(said!(
            "“{label}” is on before the person touched it (by the app's own tree; its pixels could not be told)",
            "“{label}”在用户操作之前已经选中（依据控件状态；像素无法判断）",
            label
        )),
        (Tick::Unsure, state) if state != Some(Checked::Off) => Opinion::review(said!(
            "whether “{label}” is on could not be told: look at it",
            "无法判断“{label}”是否选中：请人工查看",
            label
        )),
        _ => Opinion::conforms(said!(
            "“{label}” is off until the person touches it",
            "“{label}”默认未选中，由用户主动勾选",
            label
        )),
    }
}

fn say_by_what(tick: &TickBox) -> Bilingual {
    match (tick.by_tree, tick.hidden_native) {
        (Some(Checked::On), true) => both(
            "by its pixels; the native control hidden behind it agrees",
            "依据像素；背后隐藏的原生控件也是选中状态",
        ),
        (Some(Checked::On), false) => both("by its pixels and by the app's own tree", "像素与控件状态一致"),
        _ => both(
            "by its pixels; it is drawn, and the app's tree holds no state of it",
            "依据像素；该框为绘制而成，控件树中没有状态",
        ),
    }
}
