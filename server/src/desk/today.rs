//! `/staff`: the appointments of today, the calls to make, and how many cases wait.

use app::view::Today;

use super::audit::{Look, note_look};
use super::own::OwnMeetings;
use super::rows::{Seen, Staffing, line, stands};
use super::withheld::Withheld;
use super::{calls, requests};
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::time;
use crate::packs::Packs;
use crate::store::Stored;

/// Today in the clinics of this member of staff. Holds are left out: nobody comes for them yet.
pub async fn today(context: &Context, packs: &Packs, standing: &Standing) -> Stored<Today> {
    let now = context.now();
    let date = time::local_date(now);
    let from = time::start_of_day(date).timestamp();
    let until = time::end_of_day(date).timestamp();
    let seen = Seen::by(standing, Action::SeeToday);
    let mut tx = context.store.read().await?;
    let rows = tx.appointments_between(seen.only(), from, until).await?;
    let staffing = Staffing::new(tx.staffing_between(from, until).await?);
    let withheld = Withheld::between(&mut *tx, standing, from, until).await?;
    let own = OwnMeetings::between(&mut *tx, standing, from, until).await?;
    let shown: Vec<_> = rows
        .iter()
        .filter(|row| own.reach(Action::SeeToday, row) && row.state != "held" && stands(row, now))
        .collect();
    let clinics = shown.iter().map(|row| row.clinic_id.as_str()).collect();
    let model = Today {
        date: time::long_date(date),
        now: time::clock_here(now),
        appointments: shown
            .iter()
            .map(|row| line(row, &staffing, &withheld))
            .collect::<Stored<_>>()?,
        calls: calls::open(&mut *tx, standing, packs, now).await?,
        requests: requests::waiting(&mut *tx, standing).await?.len(),
    };
    drop(tx);
    note_look(context, standing, Look::Screen, &clinics, (date, date)).await?;
    Ok(model)
}
