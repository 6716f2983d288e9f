//! The clinic's terms, for questions about dates outside term.

use chrono::{Days, NaiveDate};

use crate::domain::schedule::Dates;
use crate::domain::triage::Pack;
use crate::store::{Records, StoreError};

/// How far back and ahead terms are read, in days: nobody plans further.
const SPAN: Days = Days::new(1_100);

/// The terms that touch the years round a local date; none, and no query, if no rule of the pack looks at terms.
pub async fn terms(
    tx: &mut dyn Records,
    pack: &Pack,
    today: NaiveDate,
) -> Result<Vec<Dates>, StoreError> {
    if !pack.looks_at_terms() {
        return Ok(Vec::new());
    }
    let (from, until) = (today - SPAN, today + SPAN);
    let rows = tx.calendar_dates(pack.clinic.as_str(), from, until).await?;
    let terms = rows.into_iter().filter(|row| row.kind == "term");
    Ok(terms
        .map(|row| Dates {
            from: row.from_date,
            until: row.until_date,
        })
        .collect())
}
