//! Counts that may be shown: none under five, and none from which one under five could be worked out.
//!
//! A table is published with its totals. A count of one to four is hidden; where it is the only hidden number of a row or a
//! column, the total would give it away, so the next smallest is hidden too, until no line has a single one, and the hidden
//! ones of a line are together no fewer than five. Nought is no person and stays. Pure; knows nothing of what is counted.

/// The smallest count that is shown.
pub const SMALLEST: i64 = 5;

/// A table with its totals, in which `None` is hidden. The last row and the last column are the totals.
pub type Published = Vec<Vec<Option<i64>>>;

/// Whether a count alone is too small to be shown.
#[must_use]
pub const fn is_small(count: i64) -> bool {
    count > 0 && count < SMALLEST
}

/// The table with totals and without what must not be seen. `rows` are as long as each other.
#[must_use]
pub fn publish(rows: &[Vec<i64>]) -> Published {
    let full = with_totals(rows);
    let hidden = closed(&full, small(&full));
    shown(&full, &hidden)
}

/// Two tables of which the sum may be known from elsewhere: what is hidden in one is hidden in the other.
#[must_use]
pub fn publish_pair(one: &[Vec<i64>], other: &[Vec<i64>]) -> (Published, Published) {
    let (one, other) = (with_totals(one), with_totals(other));
    let both = [one, other];
    let hidden = closed_alike(&both, all_small(&both));
    (shown(&both[0], &hidden), shown(&both[1], &hidden))
}

/// One list with its total last.
#[must_use]
pub fn publish_list(counts: &[i64]) -> Vec<Option<i64>> {
    publish_lists(&[counts.to_vec()], true).swap_remove(0)
}

/// Lists as long as each other, each with its total last, hidden alike. Where a total stands in a table that hides it,
/// `total` is false, and it is hidden here as well.
#[must_use]
pub fn publish_lists(lists: &[Vec<i64>], total: bool) -> Published {
    let full: Vec<Vec<Vec<i64>>> = lists
        .iter()
        .map(|counts| with_totals(std::slice::from_ref(counts)))
        .collect();
    let mut hidden = all_small(&full);
    if !total {
        for row in &mut hidden {
            if let Some(total) = row.last_mut() {
                *total = true;
            }
        }
    }
    let hidden = closed_alike(&full, hidden);
    full.iter()
        .map(|one| shown(one, &hidden).swap_remove(0))
        .collect()
}

type Mask = Vec<Vec<bool>>;

fn with_totals(rows: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let width = rows.first().map_or(0, Vec::len);
    let mut full: Vec<Vec<i64>> = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row.push(row.iter().sum());
            row
        })
        .collect();
    full.push(
        (0..=width)
            .map(|at| full.iter().map(|row| row[at]).sum())
            .collect(),
    );
    full
}

fn small(full: &[Vec<i64>]) -> Mask {
    full.iter()
        .map(|row| row.iter().map(|count| is_small(*count)).collect())
        .collect()
}

/// What is too small in any of some tables.
fn all_small(tables: &[Vec<Vec<i64>>]) -> Mask {
    let mut all = tables.iter().map(|full| small(full));
    let mut hidden = all.next().unwrap_or_default();
    for more in all {
        merge(&mut hidden, &more);
    }
    hidden
}

/// Hides alike in some tables until none of them gives anything away.
fn closed_alike(tables: &[Vec<Vec<i64>>], mut hidden: Mask) -> Mask {
    loop {
        let mut next = hidden.clone();
        for full in tables {
            merge(&mut next, &closed(full, hidden.clone()));
        }
        if next == hidden {
            return hidden;
        }
        hidden = next;
    }
}

fn merge(into: &mut Mask, other: &Mask) {
    for (row, more) in into.iter_mut().zip(other) {
        for (cell, also) in row.iter_mut().zip(more) {
            *cell |= also;
        }
    }
}

fn shown(full: &[Vec<i64>], hidden: &Mask) -> Published {
    full.iter()
        .zip(hidden)
        .map(|(row, mask)| {
            row.iter()
                .zip(mask)
                .map(|(count, hidden)| (!hidden).then_some(*count))
                .collect()
        })
        .collect()
}

/// Hides more until no line has a single hidden number, or hidden ones that its total shows to be few.
fn closed(full: &[Vec<i64>], mut hidden: Mask) -> Mask {
    let (height, width) = (full.len(), full.first().map_or(0, Vec::len));
    let lines: Vec<Vec<(usize, usize)>> = (0..height)
        .map(|row| (0..width).map(|column| (row, column)).collect())
        .chain((0..width).map(|column| (0..height).map(|row| (row, column)).collect()))
        .collect();
    loop {
        let before = hidden.clone();
        for line in &lines {
            let open = |(row, column): &&(usize, usize)| !hidden[*row][*column];
            let closed: Vec<_> = line.iter().filter(|cell| !open(cell)).collect();
            let total_shows = line.last().is_some_and(|cell| open(&cell));
            let together: i64 = closed.iter().map(|(row, column)| full[*row][*column]).sum();
            let few = total_shows && !closed.is_empty() && together < SMALLEST;
            if closed.len() != 1 && !few {
                continue;
            }
            let next = line.iter().filter(open).min_by_key(|(row, column)| {
                let total = *row + 1 == height || *column + 1 == width;
                let count = full[*row][*column];
                (count == 0, total, count)
            });
            if let Some(&(row, column)) = next {
                hidden[row][column] = true;
            }
        }
        if hidden == before {
            return hidden;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_total_that_would_give_one_hidden_number_away_hides_a_second() {
        assert_eq!(
            publish_list(&[3, 12, 40]),
            [None, None, Some(40), Some(55)],
            "the next smallest goes with it"
        );
        assert_eq!(publish_list(&[12, 40]), [Some(12), Some(40), Some(52)]);
        assert_eq!(publish_list(&[0, 40]), [Some(0), Some(40), Some(40)]);
        assert_eq!(publish_list(&[2, 3, 40]), [None, None, Some(40), Some(45)]);
        // Two that are together fewer than five would each be known by the total.
        assert_eq!(publish_list(&[1, 1, 40]), [None, None, None, Some(42)]);
        // Alone with noughts: the total is as small, and hidden itself.
        assert_eq!(publish_list(&[3, 0])[2], None);
        assert_eq!(publish_list(&[3, 0])[0], None);
    }

    #[test]
    fn a_total_that_a_table_hides_is_no_sum_of_a_list_either() {
        let without_total =
            |counts: &[i64]| publish_lists(&[counts.to_vec()], false).swap_remove(0);
        assert_eq!(without_total(&[12, 40]), [None, Some(40), None]);
        assert_eq!(without_total(&[40]), [None, None]);
        assert_eq!(
            without_total(&[3, 12, 40]),
            [None, Some(12), Some(40), None]
        );
    }

    #[test]
    fn two_tables_whose_sum_is_known_hide_alike() {
        let (helped, pointed) =
            publish_pair(&[vec![20, 30], vec![25, 35]], &[vec![3, 9], vec![8, 11]]);
        for (one, other) in helped.iter().flatten().zip(pointed.iter().flatten()) {
            assert_eq!(one.is_none(), other.is_none());
        }
        assert_eq!((helped[0][0], pointed[0][0]), (None, None));
    }

    #[test]
    fn lists_whose_sum_is_known_hide_alike() {
        let lists = publish_lists(&[vec![20, 3, 9], vec![28, 30, 11]], true);
        assert_eq!(lists[0], [Some(20), None, None, Some(32)]);
        assert_eq!(lists[1], [Some(28), None, None, Some(69)]);
    }

    proptest! {
        #[test]
        fn counts_under_five_are_hidden_everywhere_and_no_line_hides_only_one(
            rows in (1..6_usize, 1..13_usize)
                .prop_flat_map(|(height, width)| prop::collection::vec(prop::collection::vec(0..30_i64, width), height))
        ) {
            let full = with_totals(&rows);
            let published = publish(&rows);
            for (row, counts) in published.iter().zip(&full) {
                for (cell, count) in row.iter().zip(counts) {
                    prop_assert!(cell.is_none() || !is_small(*count));
                    prop_assert!(cell.is_none_or(|shown| shown == *count));
                }
                prop_assert_ne!(row.iter().filter(|cell| cell.is_none()).count(), 1);
                let hidden = row.iter().zip(counts).filter(|(cell, _)| cell.is_none());
                let together: i64 = hidden.map(|(_, count)| count).sum();
                let total = row.last().copied().flatten();
                prop_assert!(total.is_none() || together == 0 || together >= SMALLEST);
            }
            for column in 0..full[0].len() {
                let hidden = published.iter().filter(|row| row[column].is_none()).count();
                prop_assert_ne!(hidden, 1);
                let cells = published.iter().zip(&full).map(|(row, counts)| (row[column], counts[column]));
                let together: i64 = cells.filter(|(cell, _)| cell.is_none()).map(|(_, count)| count).sum();
                let total = published.last().and_then(|row| row[column]);
                prop_assert!(total.is_none() || together == 0 || together >= SMALLEST);
            }
        }
    }
}
