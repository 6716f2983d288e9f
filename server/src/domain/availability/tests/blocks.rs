//! Times in which a clinic meets nobody.

use super::world::{at, clinic, standing, starts, tuesday};
use crate::domain::availability::{Unavailable, allocate};
use crate::domain::schedule::{Block, Facts, Mode};

fn blocked(mut facts: Facts) -> Facts {
    facts.blocks = vec![Block {
        from: at("2026-12-01", 15, 0),
        until: at("2026-12-01", 16, 0),
    }];
    facts
}

#[test]
fn a_block_takes_every_start_that_touches_it_and_no_other() {
    let facts = blocked(clinic(2, 1, 2));
    assert_eq!(
        starts(&facts, &tuesday()),
        ["14:00", "16:00", "16:30", "17:00", "17:30", "18:00"]
    );
    let mut buffered = facts;
    buffered.rules.buffer_after = 1;
    assert!(!starts(&buffered, &tuesday()).contains(&"14:00".to_owned()));
}

#[test]
fn nobody_joins_a_group_in_a_blocked_time_and_the_list_agrees_with_the_booking() {
    let start = at("2026-12-01", 15, 0);
    let mut facts = clinic(2, 1, 2);
    facts.rules.capacity = 8;
    facts.standing = vec![standing(1, start, Mode::InPerson, 3)];
    let ask = tuesday();
    let book = |facts: &Facts| allocate(facts, &ask, start, Mode::InPerson, &|_| 0);
    assert!(book(&facts).is_ok());
    assert_eq!(book(&blocked(facts)), Err(Unavailable::OutsideHours));
}
