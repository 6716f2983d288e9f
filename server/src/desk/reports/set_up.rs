//! What reports rest on and a clinic sets itself: the hourly rates, kept apart from the hours, and the list of issues.

use chrono::{Days, NaiveDate};
use sha2::{Digest as _, Sha256};

use super::Year;
use super::rates::{self, RATES, Rate, Rates};
use crate::booking::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::domain::time;
use crate::store::{IssueRow, Records, Stored};

/// Makes those who change the settings take turns.
const TURN: i64 = 0x0072_6570_6f72_7473;
/// Most issues of a clinic.
const MOST_ISSUES: usize = 40;
/// Most characters of an issue's name.
const LONGEST: usize = 80;
/// Most pence an hour: a thousand pounds.
const MOST_RATE: i64 = 100_000;
/// How far from today the first day of a rate may be, in days: ten years.
const FURTHEST: u64 = 3_653;

/// What is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportSettings {
    /// All rates, oldest first.
    pub rates: Vec<Rate>,
    /// Pence an hour on `from`; 0 where none is set.
    pub student_rate: i64,
    /// Likewise.
    pub supervisor_rate: i64,
    /// The day from which a change would usually count: today, and for the first rates the first day of this year.
    pub from: NaiveDate,
    /// Names, in order.
    pub issues: Vec<String>,
    /// What a form is made from.
    pub seen: String,
}

/// A change, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Pence an hour.
    pub student_rate: i64,
    /// Likewise.
    pub supervisor_rate: i64,
    /// The day from which the two count.
    pub from: NaiveDate,
    /// Names, in order, each once.
    pub issues: Vec<String>,
}

impl Change {
    /// From pounds, a date (`YYYY-MM-DD`) and lines; or the names of the fields that are wrong.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn read(
        (student, supervisor, from): (&str, &str, &str),
        issues: &str,
        today: NaiveDate,
    ) -> Result<Self, Vec<&'static str>> {
        let mut issues_read: Vec<String> = Vec::new();
        for line in issues
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            if !issues_read.iter().any(|known| known == line) {
                issues_read.push(line.to_owned());
            }
        }
        let (student_rate, supervisor_rate) = (pence(student), pence(supervisor));
        let mut wrong = Vec::new();
        if student_rate.is_none() {
            wrong.push("student_rate");
        }
        if supervisor_rate.is_none() {
            wrong.push("supervisor_rate");
        }
        let near = |date: &NaiveDate| {
            today - Days::new(FURTHEST) <= *date && *date <= today + Days::new(FURTHEST)
        };
        let from = time::parse_date(from).ok().filter(near);
        if from.is_none() {
            wrong.push("from");
        }
        let long = issues_read
            .iter()
            .any(|name| name.chars().count() > LONGEST);
        if long || issues_read.len() > MOST_ISSUES {
            wrong.push("issues");
        }
        match (student_rate, supervisor_rate, from) {
            (Some(student_rate), Some(supervisor_rate), Some(from)) if wrong.is_empty() => {
                Ok(Self {
                    student_rate,
                    supervisor_rate,
                    from,
                    issues: issues_read,
                })
            }
            _ => Err(wrong),
        }
    }
}

/// Pounds as typed, such as "12" or "12.50"; nothing typed is no rate.
fn pence(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('£');
    if text.is_empty() {
        return Some(0);
    }
    let (pounds, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if rest.len() > 2 || !digits(pounds) || !digits(rest) || pounds.is_empty() {
        return None;
    }
    let pounds: i64 = pounds.parse().ok()?;
    let pence: i64 = format!("{rest:0<2}").parse().ok()?;
    let all = pounds.checked_mul(100)?.checked_add(pence)?;
    (all <= MOST_RATE).then_some(all)
}

/// What is set for a clinic.
///
/// # Errors
/// Those of the store.
pub async fn report_settings(context: &Context, clinic: &str) -> Stored<ReportSettings> {
    let mut tx = context.store.read().await?;
    now(&mut *tx, context, clinic).await
}

async fn now(tx: &mut dyn Records, context: &Context, clinic: &str) -> Stored<ReportSettings> {
    let mut all = rates::read(&tx.setting(RATES).await?.unwrap_or_default())?;
    let rates = all.remove(clinic).unwrap_or_default();
    let today = time::local_date(context.now());
    let from = if rates.0.is_empty() {
        Year::of(today).dates().0
    } else {
        today
    };
    let (student_rate, supervisor_rate) = rates.on(from);
    let issues: Vec<String> = tx
        .issues(Some(clinic))
        .await?
        .into_iter()
        .filter(|issue| issue.enabled)
        .map(|issue| issue.name)
        .collect();
    let text = format!("{:?}/{}", rates.0, issues.join("\n"));
    let digest = Sha256::digest(text.as_bytes());
    let seen = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    Ok(ReportSettings {
        rates: rates.0,
        student_rate,
        supervisor_rate,
        from,
        issues,
        seen: seen.collect(),
    })
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in force.
    Yes,
    /// Somebody else has changed it since the form was made: how it is now.
    Overtaken(ReportSettings),
}

/// Puts a change into force, if the settings are those that the form was made from. An issue that is left out is no longer
/// offered; what was counted under it stays.
///
/// # Errors
/// Those of the store.
pub async fn save_report_settings(
    context: &Context,
    clinic: &str,
    seen: &str,
    change: &Change,
    actor: Actor,
) -> Result<Saved, BookingError> {
    in_turn!(context, |tx| save(tx, context, clinic, seen, change, actor))
}

async fn save(
    tx: &mut dyn Records,
    context: &Context,
    clinic: &str,
    seen: &str,
    change: &Change,
    actor: Actor,
) -> Result<Saved, BookingError> {
    // Settings have no revision: whoever changes them at the same moment waits here.
    tx.take_turns(&[TURN]).await?;
    let stands = now(tx, context, clinic).await?;
    if stands.seen != seen {
        return Ok(Saved::Overtaken(stands));
    }
    let mut all = rates::read(&tx.setting(RATES).await?.unwrap_or_default())?;
    let new = Rates(stands.rates).with(Rate {
        from: change.from,
        student: change.student_rate,
        supervisor: change.supervisor_rate,
    });
    all.insert(clinic.to_owned(), new);
    tx.put_setting(RATES, &rates::write(&all)?).await?;
    let known = tx.issues(Some(clinic)).await?;
    let gone = known
        .iter()
        .filter(|old| !change.issues.contains(&old.name));
    let gone = gone.map(|old| IssueRow {
        enabled: false,
        ..old.clone()
    });
    let kept = change.issues.iter().enumerate().map(|(at, name)| IssueRow {
        id: context.id(),
        clinic_id: clinic.to_owned(),
        name: name.clone(),
        position: i64::try_from(at).unwrap_or(i64::MAX),
        enabled: true,
    });
    for issue in gone.chain(kept).collect::<Vec<_>>() {
        tx.put_issue(&issue).await?;
    }
    let subject = ("report_settings", context.id());
    actor
        .note(
            tx,
            context,
            "report_settings_changed",
            subject,
            clinic,
            String::new(),
        )
        .await?;
    Ok(Saved::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_read_as_people_type_them() {
        for (text, read) in [
            ("", Some(0)),
            ("12", Some(1200)),
            ("£12.50", Some(1250)),
            ("12.5", Some(1250)),
            ("0.01", Some(1)),
            ("1000", Some(100_000)),
            ("1000.01", None),
            ("-1", None),
            ("12.345", None),
            ("twelve", None),
            (".5", None),
        ] {
            assert_eq!(pence(text), read, "{text:?}");
        }
    }

    #[test]
    fn an_issue_stands_in_the_list_once() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let read = |rates, issues: &str| Change::read(rates, issues, today);
        let change = read(("", "", "2026-11-01"), " Housing \n\nWork\nHousing\n").unwrap();
        assert_eq!(change.issues, ["Housing", "Work"]);
        assert_eq!(
            read(("x", "1", "2062-11-01"), &"x".repeat(81)),
            Err(vec!["student_rate", "from", "issues"])
        );
    }
}
