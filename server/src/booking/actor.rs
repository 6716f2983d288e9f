//! Who does something, for the audit log.

use uuid::Uuid;

use crate::context::Context;
use crate::domain::booking::By;
use crate::store::{AuditRow, Records, Stored};

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The client, on the page or by a link.
    Client,
    /// A member of staff.
    Staff(Uuid),
    /// The program by itself.
    System,
}

impl Actor {
    /// On which side of the desk.
    #[must_use]
    pub fn by(self) -> By {
        match self {
            Self::Client => By::Client,
            Self::Staff(_) | Self::System => By::Staff,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Staff(_) => "staff",
            Self::System => "system",
        }
    }

    /// Writes a line about an appointment into the audit log. `detail` holds names of things, never of persons.
    pub(crate) async fn note(
        self,
        tx: &mut dyn Records,
        context: &Context,
        action: &str,
        subject: (&'static str, Uuid),
        clinic: &str,
        detail: String,
    ) -> Stored<()> {
        let actor_id = if let Self::Staff(id) = self {
            Some(id)
        } else {
            None
        };
        tx.put_audit(&AuditRow {
            id: context.id(),
            at: context.now().timestamp(),
            actor_kind: self.kind(),
            actor_id,
            action: action.to_owned(),
            subject_kind: subject.0,
            subject_id: subject.1,
            clinic_id: Some(clinic.to_owned()),
            detail,
        })
        .await
    }
}
