//! The links in mail. Made from the public address of the configuration, never from a request.

use uuid::Uuid;

use crate::auth::key::SecretKey;
use crate::auth::link::{LinkKind, link_token};
use crate::config::PublicUrl;

/// Makes the links in mail. The same link every time, so that a second mail opens the same page.
#[derive(Clone)]
pub struct Links {
    key: SecretKey,
    public_url: PublicUrl,
}

impl Links {
    /// Links of the installation with this key, under this address.
    #[must_use]
    pub fn new(key: SecretKey, public_url: PublicUrl) -> Self {
        Self { key, public_url }
    }

    /// The page of an appointment; `version` as in its row.
    #[must_use]
    pub fn appointment(&self, id: Uuid, version: i64) -> String {
        self.link("appointments", LinkKind::Appointment, id, version)
    }

    /// The page of a request; `version` as in its row.
    #[must_use]
    pub fn request(&self, id: Uuid, version: i64) -> String {
        self.link("requests", LinkKind::Request, id, version)
    }

    /// The page of a place on the waiting list; `version` as in its row.
    #[must_use]
    pub fn waiting(&self, id: Uuid, version: i64) -> String {
        self.link("waiting", LinkKind::Waiting, id, version)
    }

    /// The page where a member of staff sets a password.
    #[must_use]
    pub fn password(&self, token: &str) -> String {
        self.public_url.link(&format!("/staff/password/{token}"))
    }

    /// The desk's page of today; it asks whoever comes to sign in.
    #[must_use]
    pub fn today(&self) -> String {
        self.public_url.link("/staff")
    }

    /// The page that asks how an appointment was; `version` as in its row. It opens nothing else.
    #[must_use]
    pub fn feedback(&self, id: Uuid, version: i64) -> String {
        self.link("feedback", LinkKind::Feedback, id, version)
    }

    fn link(&self, pages: &str, kind: LinkKind, id: Uuid, version: i64) -> String {
        let token = link_token(&self.key, kind, id, u32::try_from(version).unwrap_or(0));
        self.public_url.link(&format!("/{pages}/{token}"))
    }
}
