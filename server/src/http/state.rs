//! What handlers share, and the frame round every page.

use std::sync::Arc;

use app::view::{ClinicRef, Frame};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::first_free::FirstFree;
use super::headers::Nonce;
use super::limits::RateLimits;
use super::live::Live;
use crate::auth::key::SecretKey;
use crate::auth::link::{LinkKind, link_token};
use crate::auth::password::Passwords;
use crate::auth::seal::Sealer;
use crate::config::Config;
use crate::context::Context;
use crate::domain::ids::ClinicId;
use crate::domain::triage::Pack;
use crate::intake::Drafts;
use crate::packs::InForce;

/// What handlers share. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Store, clock, randomness, bell.
    pub context: Context,
    /// The configuration.
    pub config: Arc<Config>,
    /// The installation's secret.
    pub key: SecretKey,
    /// Seals triage tokens and drafts.
    pub sealer: Sealer,
    /// The questions in force.
    pub packs: InForce,
    /// Limits on writes.
    pub limits: RateLimits,
    /// Hashes and verifies passwords, a few at a time.
    pub passwords: Arc<Passwords>,
    /// The next free day of each clinic.
    pub first_free: FirstFree,
    /// Cancelled when the process is about to end: it serves on for a moment, and says that it is not ready.
    pub draining: CancellationToken,
    /// The mark of the last change that the desk shows.
    pub live: Live,
}

impl App {
    /// The drafts of visitors.
    #[must_use]
    pub fn drafts(&self) -> Drafts {
        Drafts {
            context: self.context.clone(),
            sealer: self.sealer.clone(),
        }
    }

    /// The questions of a clinic that are in force now, to keep from the start of a request to its end.
    pub async fn pack(&self, clinic: &ClinicId) -> Option<Arc<Pack>> {
        self.packs.look(&self.context).await.share(clinic)
    }

    /// The frame of a page without a clinic.
    #[must_use]
    pub fn frame(&self, nonce: &Nonce) -> Frame {
        Frame {
            lang: "en".to_owned(),
            dir: "ltr".to_owned(),
            nonce: nonce.as_str().to_owned(),
            css: super::assets::href("main.css").to_owned(),
            boot: super::assets::href("boot.js").to_owned(),
            site_name: self.config.site.name.clone(),
            telephone: self.config.site.telephone.clone(),
            telephone_hours: self.config.site.telephone_hours.clone(),
            ..Frame::default()
        }
    }

    /// The frame of a clinic's page.
    #[must_use]
    pub fn clinic_frame(&self, nonce: &Nonce, clinic: ClinicRef, exit: bool) -> Frame {
        Frame {
            clinic: Some(clinic),
            exit,
            ..self.frame(nonce)
        }
    }

    /// The token of the manage link of an appointment.
    #[must_use]
    pub fn appointment_token(&self, id: Uuid, version: i64) -> String {
        link_token(
            &self.key,
            LinkKind::Appointment,
            id,
            u32::try_from(version).unwrap_or(0),
        )
    }

    /// The token of the link of a request.
    #[must_use]
    pub fn request_token(&self, id: Uuid, version: i64) -> String {
        link_token(
            &self.key,
            LinkKind::Request,
            id,
            u32::try_from(version).unwrap_or(0),
        )
    }

    /// The token of the link of a place on the waiting list.
    #[must_use]
    pub fn waiting_token(&self, id: Uuid, version: i64) -> String {
        let version = u32::try_from(version).unwrap_or(0);
        link_token(&self.key, LinkKind::Waiting, id, version)
    }

    /// The whole address of the page of a place on the waiting list.
    #[must_use]
    pub fn waiting_url(&self, id: Uuid, version: i64) -> String {
        let token = self.waiting_token(id, version);
        let path = format!("/waiting/{token}");
        self.config.listen.public_url.link(&path)
    }

    /// The whole address of the page of a request.
    #[must_use]
    pub fn request_url(&self, id: Uuid, version: i64) -> String {
        let token = self.request_token(id, version);
        self.config
            .listen
            .public_url
            .link(&format!("/requests/{token}"))
    }

    /// The whole address of the manage page of an appointment.
    #[must_use]
    pub fn manage_url(&self, id: Uuid, version: i64) -> String {
        self.config.listen.public_url.link(&format!(
            "/appointments/{}",
            self.appointment_token(id, version)
        ))
    }
}
