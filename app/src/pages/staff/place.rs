//! Places in the drawing of a day, as classes of `style/desk.css`: the policy forbids inline style.

use crate::view::StaffAppointment;

/// Most lanes that the style sheet makes a day wide enough for; more are narrow.
const LANES: usize = 8;

/// How many blocks of a day stand beside each other.
pub struct Crowd {
    most: usize,
    /// For each block, how many share the width of the day where it stands: itself, and whatever it is
    /// chained to by overlaps.
    pub sharing: Vec<usize>,
}

impl Crowd {
    /// The crowd of these blocks, in their order.
    pub fn of(all: &[StaffAppointment]) -> Self {
        let spans: Vec<(i64, i64)> = all
            .iter()
            .map(|one| drawn(one.start_minute, one.end_minute))
            .collect();
        let at_once = |minute: i64| {
            spans
                .iter()
                .filter(|(from, until)| *from <= minute && minute < *until)
                .count()
        };
        // The stretches of the day that something fills without a break, each with its own lanes.
        let mut sorted = spans.clone();
        sorted.sort_unstable();
        let mut chains: Vec<(i64, i64, usize)> = Vec::new();
        for (from, until) in sorted {
            let lanes = at_once(from);
            match chains.last_mut() {
                Some((_, end, most)) if from < *end => {
                    *end = until.max(*end);
                    *most = lanes.max(*most);
                }
                _ => chains.push((from, until, lanes)),
            }
        }
        let chain_of = |from: i64| {
            let chain = chains
                .iter()
                .find(|(start, end, _)| *start <= from && from < *end);
            chain.map_or(1, |(_, _, most)| *most)
        };
        Self {
            most: chains.iter().map(|(_, _, most)| *most).max().unwrap_or(0),
            sharing: spans.iter().map(|(from, _)| chain_of(*from)).collect(),
        }
    }

    /// The class of a day that has to be wider than one block.
    pub fn lanes(&self) -> String {
        match self.most {
            0 | 1 => String::new(),
            most => format!("lanes-{}", most.min(LANES)),
        }
    }
}

/// The class of a block's share of the width; one that stands alone has it all.
pub fn share(sharing: usize) -> &'static str {
    match sharing {
        0 | 1 => "of-1",
        2 => "of-2",
        3 => "of-3",
        4 => "of-4",
        5 | 6 => "of-6",
        _ => "of-12",
    }
}

/// The classes of a place in the day: the start on a step of five minutes.
pub fn at(minute: i64) -> String {
    let minute = minute.clamp(0, 24 * 60 - 5);
    format!("at-h{} at-m{:02}", minute / 60, minute % 60 / 5 * 5)
}

/// The style sheet's longest block is twelve hours: a longer window is drawn in two.
pub fn pieces(from: i64, until: i64) -> impl Iterator<Item = (i64, i64)> {
    let middle = until.min(from + 720);
    std::iter::once((from, middle)).chain((middle < until).then_some((middle, until)))
}

/// The classes of a block.
pub fn placed(from: i64, until: i64) -> String {
    let (start, end) = drawn(from, until);
    format!("{} for-{}", at(start), end - start)
}

/// Start and end of a block as drawn: never shorter than it is, so that what follows is seen to
/// collide.
fn drawn(from: i64, until: i64) -> (i64, i64) {
    let step = |minutes: i64, step: i64| (minutes + step - 1) / step * step;
    let start = from / 5 * 5;
    let length = (until - start).max(5);
    let length = match length {
        ..=180 => step(length, 5),
        181..=240 => step(length, 15),
        _ => step(length, 30).min(720),
    };
    (start, start + length)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn classes() -> BTreeSet<&'static str> {
        let css = include_str!("../../../../style/desk.css");
        let class = |line: &'static str| line.trim_start().strip_prefix('.')?.split(" {").next();
        css.lines().filter_map(class).collect()
    }

    #[test]
    fn every_block_has_a_place_that_the_style_sheet_knows() {
        let classes = classes();
        assert!(classes.contains("for-720") && !classes.contains("for-725"));
        for from in 0..24 * 60 {
            for until in (from + 1..=24 * 60).step_by(7) {
                for (from, until) in pieces(from, until) {
                    for class in placed(from, until).split(' ') {
                        assert!(classes.contains(class), "{class} for {from} to {until}");
                    }
                }
            }
        }
        assert_eq!(placed(9 * 60 + 32, 10 * 60), "at-h9 at-m30 for-30");
    }

    #[test]
    fn blocks_that_meet_share_the_width_and_one_that_stands_alone_has_it_all() {
        let day = |spans: &[(i64, i64)]| -> Vec<StaffAppointment> {
            let block = |span: &(i64, i64)| StaffAppointment {
                start_minute: span.0,
                end_minute: span.1,
                ..StaffAppointment::default()
            };
            spans.iter().map(block).collect()
        };
        let crowd = Crowd::of(&day(&[(540, 600), (600, 660), (630, 690), (660, 720)]));
        assert_eq!(crowd.lanes(), "lanes-2");
        assert_eq!(crowd.sharing, [1, 2, 2, 2]);
        let crowd = Crowd::of(&day(&[
            (540, 600),
            (540, 570),
            (545, 560),
            (570, 600),
            (600, 660),
        ]));
        assert_eq!(crowd.sharing, [3, 3, 3, 3, 1], "touching is not sharing");
        assert_eq!(Crowd::of(&day(&[(540, 600)])).lanes(), "");
        let classes = classes();
        for most in 2..=LANES + 5 {
            let crowd = Crowd::of(&day(&vec![(540, 600); most]));
            assert!(classes.contains(crowd.lanes().as_str()), "{most}");
            assert!(classes.contains(share(most)), "{most}");
        }
    }
}
