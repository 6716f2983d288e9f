//! Choosing a time: a list of days and radio buttons in one plain form, complete as served. Where
//! JavaScript is on, the filters answer at once, more days arrive without a new page, and a month
//! strip jumps to a day. It never books: the form is posted like any other.
//!
//! The island draws nothing of its own and holds no list: it is an empty element beside the form,
//! and works on the form that the server wrote. More days are taken out of the page that the link
//! to them leads to. So the days travel once, as HTML, and no code to draw them travels at all.

#[cfg(feature = "hydrate")]
mod list;
#[cfg(feature = "hydrate")]
mod meet;
#[cfg(feature = "hydrate")]
mod picking;
#[cfg(feature = "hydrate")]
mod strip;

use leptos::prelude::*;

/// Ways to meet, in the order they are offered.
const WAYS: [&str; 3] = ["in_person", "phone", "video"];

/// Wakes the form of times that stands on the same page.
#[island]
pub fn TimePicker() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    picking::wake();
}

/// The ways to meet to choose from: those of the `chosen` start, or, while none is chosen, those of
/// every start that has several. Fewer than two is nothing to choose. A start's ways are one text,
/// with a space between them.
pub fn ways_to_ask(starts: &[impl AsRef<str>], chosen: Option<&str>) -> Vec<&'static str> {
    let asked = |way: &str| match chosen {
        Some(ways) => has(ways, way),
        None => starts
            .iter()
            .map(AsRef::as_ref)
            .any(|ways| ways.contains(' ') && has(ways, way)),
    };
    WAYS.into_iter().filter(|way| asked(way)).collect()
}

/// Whether `way` is one of `ways`.
fn has(ways: &str, way: &str) -> bool {
    ways.split(' ').any(|one| one == way)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_asked_how_to_meet_only_where_there_is_a_choice() {
        let starts = ["phone", "in_person video"];
        assert_eq!(ways_to_ask(&starts, None), ["in_person", "video"]);
        assert_eq!(ways_to_ask(&starts, Some("phone")), ["phone"]);
        assert_eq!(
            ways_to_ask(&starts, Some("video in_person")),
            ["in_person", "video"]
        );
        assert!(ways_to_ask(&["phone"], None).is_empty());
    }
}
