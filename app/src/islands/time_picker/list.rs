//! The list of days: which starts of it are shown, and how days of another page join it. A start
//! that is not shown is not sent either, but stays chosen for when it comes back.

use crate::islands::browser::{all, attribute, checked, first, set_checked, show};
use leptos::web_sys::Element;

/// The link to more days.
pub const MORE: &str = "a[data-from]:not([data-from=''])";

/// Shows the starts that fit `mode` (empty for any), and answers how many those are. With `open`
/// ways to meet it says which ways each start has.
pub fn filter(form: &Element, times: &Element, mode: &str, open: bool) -> usize {
    let mut count = 0;
    for day in all(times, ".day") {
        let before = count;
        for part in all(&day, ".part") {
            let before = count;
            for slot in all(&part, ".slot") {
                let fits = mode.is_empty() || super::has(&attribute(&slot, "data-modes"), mode);
                show(&slot, fits);
                if let Some(input) = first(&slot, "input") {
                    let _ = input.toggle_attribute_with_force("disabled", !fits);
                }
                if let Some(ways) = first(&slot, ".modes") {
                    show(&ways, open);
                }
                count += usize::from(fits);
            }
            show(&part, count > before);
        }
        show(&day, count > before);
    }
    let shown = [
        (first(times, ".all-modes"), open && count > 0),
        (first(times, ".empty"), count == 0),
        (first(form, "button"), count > 0),
    ];
    for (element, on) in shown {
        if let Some(element) = element {
            show(&element, on);
        }
    }
    count
}

/// Moves the days of another page of times here: in place of ours if `afresh`, after them if not.
/// Each page is a form and the part of it that holds the days.
pub fn take(ours: (&Element, &Element), theirs: (&Element, &Element), afresh: bool) {
    let chosen = checked(ours.1, "start");
    if afresh {
        for old in all(ours.1, ".day, .all-modes") {
            old.remove();
        }
        if let Some(line) = first(theirs.1, ".all-modes") {
            let _ = ours.1.append_child(&line);
        }
    } else {
        agree(ours.1, theirs.1);
    }
    for day in all(theirs.1, ".day") {
        let _ = ours.1.append_child(&day);
    }
    // What the person chose here counts for more than what the other page has marked.
    if let Some(chosen) = chosen {
        for input in all(ours.1, "[name=start]") {
            set_checked(&input, attribute(&input, "value") == chosen);
        }
    }
    let link = if afresh { ".more" } else { MORE };
    match (first(ours.0, link), first(theirs.0, link)) {
        (Some(old), Some(new)) => {
            let _ = old.replace_with_with_node_1(&new);
        }
        (Some(old), None) => old.remove(),
        (None, _) => {}
    }
}

/// A start says its ways to meet where they are not the usual ones, and each page of days has its
/// own usual ones: makes theirs true under our line.
fn agree(ours: &Element, theirs: &Element) {
    let (Some(ours), Some(line)) = (first(ours, ".all-modes"), first(theirs, ".all-modes")) else {
        return;
    };
    let usual = attribute(&ours, "data-modes");
    let same = usual == attribute(&line, "data-modes");
    let said = |line: &Element| first(line, "span").and_then(|said| said.text_content());
    if (!same || said(&ours) != said(&line))
        && let Some(text) = first(&ours, "span")
    {
        text.set_text_content(Some(&attribute(&ours, "data-most")));
    }
    let Some(unsaid) = first(&line, ".modes").filter(|_| !same) else {
        return;
    };
    for slot in all(theirs, ".slot") {
        match first(&slot, ".modes") {
            Some(ways) if attribute(&slot, "data-modes") == usual => ways.remove(),
            Some(_) => {}
            None => {
                if let (Some(time), Ok(ways)) = (
                    first(&slot, ".slot-time"),
                    unsaid.clone_node_with_deep(true),
                ) {
                    let _ = time.after_with_node_1(&ways);
                }
            }
        }
    }
}
