//! Who and what is not there: people and rooms that are away, clinics that meet nobody for a while. Pure. The kind of
//! somebody's absence is for those who keep the hours and is never in here.

use app::text::{t, t_with};
use chrono::NaiveDate;
use uuid::Uuid;

use super::rows::instant;
use crate::domain::time;
use crate::store::{AwayRow, PlanRow, Stored};

/// A piece of a date, in minutes after local midnight; the end of the day is 1440.
pub(super) type Piece = (i64, i64);

const DAY: Piece = (0, 24 * 60);

/// All that is away in a stretch of time, of every clinic.
pub(super) struct Away(Vec<AwayRow>);

impl Away {
    pub(super) fn new(rows: Vec<AwayRow>) -> Self {
        Self(rows)
    }

    /// Of rows of a plan, those that are away, and the others.
    pub(super) fn apart(rows: Vec<PlanRow>) -> (Self, Vec<PlanRow>) {
        let (away, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == "away");
        let rows = away.into_iter().filter_map(|row| {
            Some(AwayRow {
                clinic_id: row.clinic_id?,
                resource_id: row.resource_id,
                name: row.name,
                room: row.part.as_deref() == Some("room"),
                from_at: row.from_at?,
                until_at: row.until_at?,
                title: row.title,
            })
        });
        (Self(rows.collect()), others)
    }

    /// The pieces of a date in which a person or room is away.
    pub(super) fn of(&self, resource: Uuid, date: NaiveDate) -> Stored<Vec<Piece>> {
        self.pieces(date, |row| row.resource_id == Some(resource))
    }

    /// The pieces of a date in which a clinic meets nobody.
    pub(super) fn blocks(&self, clinic: &str, date: NaiveDate) -> Stored<Vec<Piece>> {
        self.pieces(date, |row| blocks(row, clinic))
    }

    /// Whether a person or room is away at some time in `[from, until)` (seconds).
    pub(super) fn has(&self, resource: Uuid, from: i64, until: i64) -> bool {
        let own = |row: &&AwayRow| row.resource_id == Some(resource);
        self.0
            .iter()
            .filter(own)
            .any(|row| touches(row, from, until))
    }

    /// Whether a clinic meets nobody at some time in `[from, until)` (seconds).
    pub(super) fn blocked(&self, clinic: &str, from: i64, until: i64) -> bool {
        let own = |row: &&AwayRow| blocks(row, clinic);
        self.0
            .iter()
            .filter(own)
            .any(|row| touches(row, from, until))
    }

    /// What of a date is away, in words: of a clinic as a whole, and of those that `here` knows.
    pub(super) fn words(
        &self,
        clinic: &str,
        date: NaiveDate,
        here: impl Fn(Uuid) -> bool,
    ) -> Stored<Vec<String>> {
        let mut lines = Vec::new();
        for row in &self.0 {
            let shown = blocks(row, clinic) || row.resource_id.is_some_and(&here);
            let Some(piece) = piece(row, date)?.filter(|_| shown) else {
                continue;
            };
            let when = when(piece);
            lines.push(match &row.name {
                Some(name) if row.room => t_with(
                    "calendar-away-room",
                    &[("name", name.clone().into()), ("when", when.into())],
                ),
                Some(name) => t_with(
                    "calendar-away-person",
                    &[("name", name.clone().into()), ("when", when.into())],
                ),
                None if row.title.is_empty() => {
                    t_with("calendar-away-clinic", &[("when", when.into())])
                }
                None => t_with(
                    "calendar-away-titled",
                    &[("title", row.title.clone().into()), ("when", when.into())],
                ),
            });
        }
        lines.sort_unstable();
        lines.dedup();
        Ok(lines)
    }

    fn pieces(&self, date: NaiveDate, own: impl Fn(&AwayRow) -> bool) -> Stored<Vec<Piece>> {
        let mut pieces = Vec::new();
        for row in self.0.iter().filter(|row| own(row)) {
            pieces.extend(piece(row, date)?);
        }
        pieces.sort_unstable();
        pieces.dedup();
        Ok(pieces)
    }
}

fn blocks(row: &AwayRow, clinic: &str) -> bool {
    row.resource_id.is_none() && row.clinic_id == clinic
}

fn touches(row: &AwayRow, from: i64, until: i64) -> bool {
    row.from_at < until && from < row.until_at
}

/// The part of it that is on a date.
fn piece(row: &AwayRow, date: NaiveDate) -> Stored<Option<Piece>> {
    let (begins, ends) = (time::start_of_day(date), time::end_of_day(date));
    let (from, until) = (instant(row.from_at)?, instant(row.until_at)?);
    if until <= begins || ends <= from {
        return Ok(None);
    }
    let start = if from <= begins {
        DAY.0
    } else {
        time::minute_of_day(from)
    };
    let end = if ends <= until {
        DAY.1
    } else {
        time::minute_of_day(until)
    };
    Ok((start < end).then_some((start, end)))
}

fn when(piece: Piece) -> String {
    if piece == DAY {
        t("calendar-away-all-day")
    } else {
        super::calendar::clock_span(piece.0, piece.1)
    }
}

/// What is left of a piece without others.
pub(super) fn without(piece: Piece, others: &[Piece]) -> Vec<Piece> {
    others.iter().fold(vec![piece], |left, other| {
        let cut = |(from, until): Piece| [(from, until.min(other.0)), (from.max(other.1), until)];
        let pieces = left.into_iter().flat_map(cut);
        pieces.filter(|(from, until)| from < until).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_session_is_what_nobody_is_away_from() {
        assert_eq!(without((600, 720), &[]), [(600, 720)]);
        assert_eq!(without((600, 720), &[(0, 1440)]), []);
        assert_eq!(without((600, 720), &[(630, 660)]), [(600, 630), (660, 720)]);
        assert_eq!(without((600, 720), &[(540, 630), (700, 900)]), [(630, 700)]);
        assert_eq!(without((600, 720), &[(720, 800)]), [(600, 720)]);
    }

    #[test]
    fn a_piece_of_a_longer_time_away_is_what_is_on_that_date() {
        let date = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        let at = |day, hours: i64| time::start_of_day(date(day)).timestamp() + hours * 3600;
        let row = AwayRow {
            clinic_id: "law".into(),
            resource_id: None,
            name: None,
            room: false,
            from_at: at(1, 14),
            until_at: at(3, 10),
            title: String::new(),
        };
        let of = |day| piece(&row, date(day)).unwrap();
        assert_eq!(of(1), Some((14 * 60, 1440)));
        assert_eq!(of(2), Some(DAY));
        assert_eq!(of(3), Some((0, 600)));
        assert_eq!(of(4), None);
    }
}
