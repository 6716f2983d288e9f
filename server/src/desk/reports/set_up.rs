//! What reports rest on and a clinic sets itself: the hourly rates, kept apart from the hours, and the list of issues.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::booking::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::store::{IssueRow, Records, Stored};

pub(super) use crate::store::HOURLY_RATES as RATES;

/// Makes those who change the settings take turns.
const TURN: i64 = 0x0072_6570_6f72_7473;
/// Most issues of a clinic.
const MOST_ISSUES: usize = 40;
/// Most characters of an issue's name.
const LONGEST: usize = 80;
/// Most pence an hour: a thousand pounds.
const MOST_RATE: i64 = 100_000;

/// What is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportSettings {
    /// Pence an hour; 0 where none is set.
    pub student_rate: i64,
    /// Likewise.
    pub supervisor_rate: i64,
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
    /// Names, in order, each once.
    pub issues: Vec<String>,
}

impl Change {
    /// From pounds and lines; or the names of the fields that are wrong.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn read(student: &str, supervisor: &str, issues: &str) -> Result<Self, Vec<&'static str>> {
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
        let long = issues_read
            .iter()
            .any(|name| name.chars().count() > LONGEST);
        if long || issues_read.len() > MOST_ISSUES {
            wrong.push("issues");
        }
        match (student_rate, supervisor_rate) {
            (Some(student_rate), Some(supervisor_rate)) if wrong.is_empty() => Ok(Self {
                student_rate,
                supervisor_rate,
                issues: issues_read,
            }),
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

type Rates = BTreeMap<String, (i64, i64)>;

/// The rates of a clinic in what the setting holds.
pub(super) fn rate_of(setting: &str, clinic: &str) -> (i64, i64) {
    let all: Rates = serde_json::from_str(setting).unwrap_or_default();
    all.get(clinic).copied().unwrap_or((0, 0))
}

/// What is set for a clinic.
///
/// # Errors
/// Those of the store.
pub async fn report_settings(context: &Context, clinic: &str) -> Stored<ReportSettings> {
    let mut tx = context.store.read().await?;
    now(&mut *tx, clinic).await
}

async fn now(tx: &mut dyn Records, clinic: &str) -> Stored<ReportSettings> {
    let setting = tx.setting(RATES).await?.unwrap_or_default();
    let (student_rate, supervisor_rate) = rate_of(&setting, clinic);
    let issues: Vec<String> = tx
        .issues(Some(clinic))
        .await?
        .into_iter()
        .filter(|issue| issue.enabled)
        .map(|issue| issue.name)
        .collect();
    let text = format!("{student_rate}/{supervisor_rate}/{}", issues.join("\n"));
    let digest = Sha256::digest(text.as_bytes());
    let seen = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    Ok(ReportSettings {
        student_rate,
        supervisor_rate,
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
    let stands = now(tx, clinic).await?;
    if stands.seen != seen {
        return Ok(Saved::Overtaken(stands));
    }
    let setting = tx.setting(RATES).await?.unwrap_or_default();
    let mut all: Rates = serde_json::from_str(&setting).unwrap_or_default();
    all.insert(
        clinic.to_owned(),
        (change.student_rate, change.supervisor_rate),
    );
    let text = serde_json::to_string(&all)
        .map_err(|error| crate::store::StoreError::Other(error.to_string()))?;
    tx.put_setting(RATES, &text).await?;
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
        let change = Change::read("", "", " Housing \n\nWork\nHousing\n").unwrap();
        assert_eq!(change.issues, ["Housing", "Work"]);
        assert_eq!(
            Change::read("x", "1", &"x".repeat(81)),
            Err(vec!["student_rate", "issues"])
        );
    }
}
