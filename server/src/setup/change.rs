//! The changes, and how each is written. A change that was made from an older revision writes nothing.

use uuid::Uuid;

use crate::context::Context;
use crate::store::{
    AbsenceRow, CalendarRow, ClinicRow, Records, ResourceRow, ServiceRow, StoreError, Stored,
    WindowRow,
};

/// One change of one thing. Without a base it adds the thing.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Window(WindowRow, Vec<(Uuid, String)>, Option<i64>),
    DropWindow(Uuid, i64),
    Dates(CalendarRow, Option<i64>),
    DropDates(Uuid, i64),
    Holidays(Vec<CalendarRow>),
    Away(AbsenceRow, Option<i64>),
    DropAway(AbsenceRow, i64),
    /// With the services that a person may work on.
    Member(ResourceRow, Vec<String>, Option<i64>),
    /// Somebody or something that works in another clinic already.
    Adopt(Uuid, Vec<String>),
    Service(ServiceRow, Option<i64>),
    Clinic(ClinicRow, i64),
}

impl Change {
    /// The record that it is about, for the audit log.
    pub fn subject(&self, context: &Context) -> (&'static str, Uuid) {
        match self {
            Self::Window(row, ..) => ("session", row.id),
            Self::DropWindow(id, _) => ("session", *id),
            Self::Dates(row, _) => ("calendar_dates", row.id),
            Self::DropDates(id, _) => ("calendar_dates", *id),
            Self::Away(row, _) | Self::DropAway(row, _) => ("absence", row.id),
            Self::Member(row, ..) => ("resource", row.id),
            Self::Adopt(id, _) => ("resource", *id),
            Self::Holidays(rows) => {
                let first = rows.first().map(|row| row.id);
                ("calendar_dates", first.unwrap_or_else(|| context.id()))
            }
            // Clinics and services have names for ids: the detail says which.
            Self::Service(..) | Self::Clinic(..) => ("clinic", context.id()),
        }
    }

    /// What the audit log says beside the ids. Never a name of a person.
    pub fn detail(&self) -> String {
        match self {
            Self::Service(row, _) => row.id.clone(),
            Self::Clinic(row, _) => row.id.clone(),
            _ => String::new(),
        }
    }

    /// The person or room whose time it changes in every clinic.
    pub fn resource(&self) -> Option<Uuid> {
        match self {
            Self::Away(row, _) | Self::DropAway(row, _) => row.resource_id,
            Self::Member(row, ..) => Some(row.id),
            _ => None,
        }
    }

    /// Writes it; false if somebody else was quicker.
    pub async fn write(
        &self,
        tx: &mut dyn Records,
        context: &Context,
        clinic: &str,
    ) -> Stored<bool> {
        if let Some(resource) = self.resource() {
            tx.lock_member(resource).await?;
        }
        let written = match self {
            Self::Window(row, staff, Some(base)) => tx.update_window(row, staff, *base).await?,
            Self::Window(row, staff, None) => once(tx.put_window(row, staff).await)?,
            Self::DropWindow(id, base) => tx.drop_window(*id, *base).await?,
            Self::Dates(row, Some(base)) => tx.update_dates(row, *base).await?,
            Self::Dates(row, None) => once(tx.put_calendar_dates(row).await)?,
            Self::DropDates(id, base) => tx.drop_dates(*id, *base).await?,
            Self::Holidays(rows) => {
                let mut written = true;
                for row in rows {
                    written = written && once(tx.put_calendar_dates(row).await)?;
                }
                written
            }
            Self::Away(row, Some(base)) => tx.update_absence(row, *base).await?,
            Self::Away(row, None) => once(tx.put_absence(row, context.now().timestamp()).await)?,
            Self::DropAway(row, base) => tx.drop_absence(row.id, *base).await?,
            Self::Member(row, services, base) => {
                let written = match base {
                    Some(base) => tx.update_member(row, *base).await?,
                    None => once(tx.put_resource(row, &[]).await)?,
                };
                if written {
                    tx.list_member(clinic, row.id).await?;
                    tx.set_skills(row.id, clinic, services).await?;
                }
                written
            }
            Self::Adopt(id, services) => {
                tx.list_member(clinic, *id).await?;
                tx.set_skills(*id, clinic, services).await?;
                true
            }
            Self::Service(row, base) => {
                let free = match base {
                    Some(base) => tx.revise_service(&row.id, *base).await?,
                    None => tx.service_revision(&row.id).await?.is_none(),
                };
                if free {
                    tx.put_service(row).await?;
                }
                free
            }
            Self::Clinic(row, base) => {
                let free = tx.revise_clinic(&row.id, *base).await?;
                if free {
                    tx.put_clinic(row).await?;
                }
                free
            }
        };
        Ok(written)
    }
}

/// The same form sent twice adds once.
fn once(result: Stored<()>) -> Stored<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(StoreError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}
