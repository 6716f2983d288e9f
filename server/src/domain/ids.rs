//! The identifiers of the domain. Rows made while the program runs carry a `UUIDv7` that the
//! application makes from its clock and its source of randomness, never the database; clinics and
//! services carry short stable names (`law`, `law-first`) because people and links hold on to them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text_id!(
    /// A clinic, such as `law`.
    ClinicId
);
text_id!(
    /// A service of a clinic, such as `law-first`.
    ServiceId
);
uuid_id!(
    /// Something that a meeting needs for itself: a person or a room.
    ResourceId
);
uuid_id!(
    /// A time and a set of resources, shared by one appointment or, in a group, several.
    MeetingId
);
uuid_id!(
    /// One client's place in a meeting.
    AppointmentId
);
uuid_id!(
    /// A client's contact details, given once for one appointment or request.
    ClientId
);
uuid_id!(
    /// A member of staff.
    StaffId
);
uuid_id!(
    /// A case that a person has to look at before anything can be booked.
    RequestId
);
uuid_id!(
    /// Somebody's place on the waiting list.
    WaitingId
);

/// A `UUIDv7` from an instant (to the millisecond) and 80 random bits, both given by the caller.
#[must_use]
pub fn uuid_at(now: DateTime<Utc>, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
