//! `/staff/find`: a client by reference, name or telephone, in the clinics that one may see.
//!
//! Promises: a name or number that stays hidden until a conflict check is cleared finds nothing; the audit log says that
//! somebody looked and which records they were shown, and never for what; an adviser finds what is their own.

use app::view::{Found, FoundCase};
use uuid::Uuid;

use super::own::{OwnCases, OwnMeetings};
use super::rows::{Seen, Staffing, clinic, instant, line, withheld_name};
use super::withheld::Withheld;
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::client::Phone;
use crate::domain::ids::ClinicId;
use crate::domain::sight::{Check, sight};
use crate::domain::time;
use crate::store::{AuditRow, Sought, Stored};

/// Most lines of a kind and clinic that are shown.
const MOST: usize = 20;
/// Most that are read to find them: what is a colleague's, or hidden until a conflict check is cleared, pushes nothing
/// out of the list.
const MOST_READ: i64 = 500;
/// A name or the end of a number is at least so long.
const LEAST: usize = 2;
/// Digits that end a number, at least.
const LEAST_DIGITS: usize = 4;
/// A number of so many digits may begin with the nought of its area.
const WHOLE: usize = 9;

/// What the typed text may stand for.
fn sought(typed: &str) -> Sought {
    let typed = typed.trim();
    let letters: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    // References are read out and typed with and without the dash.
    let reference = match letters.len() {
        7 => Some(format!("{}-{}", &letters[..4], &letters[4..])),
        // Those of the sample set-up are longer.
        _ => typed
            .contains('-')
            .then(|| typed.to_ascii_uppercase())
            .filter(|typed| !typed.contains(' ')),
    };
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let numeric = typed
        .chars()
        .all(|c| c.is_ascii_digit() || " +()-./".contains(c));
    let name = (!numeric && typed.chars().count() >= LEAST).then(|| {
        let mut pattern = String::from("%");
        for c in typed
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
        {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        pattern
    });
    Sought {
        reference,
        phone: Phone::parse(typed)
            .ok()
            .map(|phone| phone.e164().to_owned()),
        phone_end: (numeric && digits.len() >= LEAST_DIGITS).then(|| {
            // A whole number is stored without the nought before it.
            let whole = digits.len() >= WHOLE;
            format!(
                "%{}",
                digits
                    .strip_prefix('0')
                    .filter(|_| whole)
                    .unwrap_or(&digits)
            )
        }),
        name: name.as_deref().map(str::to_lowercase),
        name_typed: name,
    }
}

/// What fits, the latest first. Three queries a clinic and two for an adviser; a line in the audit log, and one for each
/// record that is shown.
pub async fn find(context: &Context, standing: &Standing, typed: &str) -> Stored<Found> {
    let seen = Seen::by(standing, Action::SeeAppointment);
    let sought = sought(typed);
    let mut found = Found {
        typed: typed.trim().to_owned(),
        ..Found::default()
    };
    let mut tx = context.store.write().await?;
    let meetings = OwnMeetings::ever(&mut *tx, standing).await?;
    let cases = OwnCases::of(&mut *tx, standing).await?;
    let mut records = Vec::new();
    for own in seen.all() {
        let mut rows = tx.find_appointments(own, &sought, MOST_READ).await?;
        let uncleared = rows.iter().filter(|one| one.uncleared);
        let withheld = Withheld::of(standing, uncleared.map(|one| one.row.id).collect());
        rows.retain(|one| {
            let by_reference = sought.reference.as_deref() == Some(one.row.reference.as_str());
            meetings.reach(Action::SeeAppointment, &one.row)
                && (by_reference || !withheld.hides(&one.row))
        });
        found.more |= rows.len() > MOST;
        for one in rows.into_iter().take(MOST) {
            records.push((("appointment", one.row.id), own.to_owned()));
            let date = time::long_date(time::local_date(instant(one.row.starts_at)?));
            let shown = line(&one.row, &Staffing::new(Vec::new()), &withheld)?;
            found.appointments.push((date, shown));
        }
        let mut shown_cases = 0;
        for one in tx.find_requests(own, &sought, MOST_READ).await? {
            let check = if one.uncleared {
                Check::Waits
            } else {
                Check::None
            };
            let shown = sight(standing, &ClinicId(one.clinic_id.clone()), check).person;
            let by_reference = sought.reference.as_deref() == Some(one.reference.as_str());
            if !cases.reach_found(&one) || (!shown && !by_reference) {
                continue;
            }
            shown_cases += 1;
            if shown_cases > MOST {
                found.more = true;
                break;
            }
            records.push((("request", one.id), own.to_owned()));
            found.requests.push(FoundCase {
                client: if shown {
                    one.client_name
                } else {
                    withheld_name(&one.reference)
                },
                clinic: clinic(&one.clinic_id, &one.clinic_name),
                reference: one.reference,
                state: one.state,
                date: time::long_date(time::local_date(instant(one.created_at)?)),
            });
        }
    }
    for own in Seen::by(standing, Action::SeeWaiting).all() {
        for one in tx.find_waiting(own, &sought, MOST_READ).await? {
            if found.waiting.len() == MOST {
                found.more = true;
                break;
            }
            records.push((("waiting", one.id), own.to_owned()));
            found.waiting.push(FoundCase {
                client: if one.uncleared {
                    withheld_name(&one.reference)
                } else {
                    one.client_name
                },
                clinic: clinic(&one.clinic_id, &one.clinic_name),
                reference: one.reference,
                state: one.state,
                date: time::long_date(time::local_date(instant(one.created_at)?)),
            });
        }
    }
    tx.put_audit(&searched(context, standing)).await?;
    for (subject, clinic) in records {
        Actor::Staff(standing.staff.0)
            .note(&mut *tx, context, "found", subject, &clinic, String::new())
            .await?;
    }
    tx.commit().await?;
    Ok(found)
}

/// That somebody searched; not for what, and not what they found.
fn searched(context: &Context, standing: &Standing) -> AuditRow {
    let staff: Uuid = standing.staff.0;
    AuditRow {
        id: context.id(),
        at: context.now().timestamp(),
        actor_kind: "staff",
        actor_id: Some(staff),
        action: "searched".to_owned(),
        subject_kind: "staff",
        subject_id: staff,
        clinic_id: None,
        detail: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_reference_a_number_or_a_name() {
        let dashed = sought(" k7px-4mr ");
        assert_eq!(dashed.reference.as_deref(), Some("K7PX-4MR"));
        assert_eq!(sought("k7px4mr").reference, dashed.reference);
        let phone = sought("020 7946 0001");
        assert_eq!(phone.phone.as_deref(), Some("+442079460001"));
        assert_eq!(phone.phone_end.as_deref(), Some("%2079460001"));
        assert_eq!(phone.name, None, "a number is no name");
        assert_eq!(sought("+44 20 7946 0001").phone, phone.phone);
        assert_eq!(sought("0001").phone_end.as_deref(), Some("%0001"));
        let name = sought("  Zélda  50%_ ");
        assert_eq!(name.name.as_deref(), Some("%zélda 50!%!_%"));
        assert_eq!(name.name_typed.as_deref(), Some("%Zélda 50!%!_%"));
        assert_eq!(sought(""), Sought::default());
        assert_eq!(sought("z"), Sought::default());
    }
}
