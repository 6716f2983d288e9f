//! Why somebody was stopped, for as long as they are on the page: it travels in the form, sealed, and is never stored and
//! never in an address. So a forgotten box or "we will call you" does not take "Go to A&E now" away.
//!
//! Carries what the page says and no answer; opens for the same clinic, for as long as a draft is kept.

use app::text::{in_language, t};
use app::view::Notice;
use serde::{Deserialize, Serialize};

use super::show;
use super::visit::Visit;
use crate::auth::seal::NONCE_BYTES;
use crate::domain::triage::{Assessment, Signpost, SignpostId};
use crate::intake::KEPT;

/// What it is sealed for.
const PURPOSE: &str = "stop page";

/// What a stop page says.
#[derive(Default, Serialize, Deserialize)]
pub struct Why {
    clinic: String,
    /// Why, and what applies besides.
    reasons: Vec<Told>,
    also: Vec<Told>,
    /// Some of what applies besides is for a person to look at.
    pub also_to_look_at: bool,
    /// The words for whoever comes back later: nothing to carry.
    #[serde(skip)]
    general: bool,
}

/// One text with who can help.
#[derive(Serialize, Deserialize)]
struct Told {
    text: String,
    signposts: Vec<SignpostId>,
}

impl Told {
    fn new(text: &str, signposts: &[Signpost]) -> Self {
        Self {
            text: text.to_owned(),
            signposts: signposts.iter().map(|one| one.id.clone()).collect(),
        }
    }
}

impl Why {
    /// What follows from the answer that stopped.
    pub fn of(visit: &Visit, stop: &Assessment) -> Self {
        let told = |worst: bool| {
            let reasons = stop.reasons.iter();
            let wanted = reasons.filter(move |one| (one.outcome == stop.outcome) == worst);
            wanted.map(|one| Told::new(&one.text, &one.signposts))
        };
        let notices = stop.notices.iter();
        let notices = notices.map(|one| Told::new(&one.text, &one.signposts));
        Self {
            clinic: visit.id().to_owned(),
            reasons: told(true).collect(),
            also: told(false).chain(notices).collect(),
            also_to_look_at: show::more_to_look_at(stop),
            general: false,
        }
    }

    /// Who helps in any emergency: the same whatever was answered, because nothing of it is kept.
    pub fn general(visit: &Visit) -> Self {
        let ids = ["emergency", "nhs_111", "samaritans"];
        Self {
            clinic: visit.id().to_owned(),
            reasons: vec![Told {
                text: in_language(&visit.frame().lang, || t("stop-general")),
                signposts: ids.map(|id| SignpostId(id.to_owned())).to_vec(),
            }],
            also: Vec::new(),
            also_to_look_at: false,
            general: true,
        }
    }

    /// What the form brought back; `None` if it brought nothing of ours, of this clinic, or of today.
    pub fn again(visit: &Visit, sealed: &str) -> Option<Self> {
        let now = visit.app.context.now();
        let why: Self = visit.app.sealer.open(PURPOSE, sealed, now).ok()?;
        (why.clinic == visit.id()).then_some(why)
    }

    /// What the form has to bring back; empty for the general words.
    pub fn sealed(&self, visit: &Visit) -> String {
        if self.general {
            return String::new();
        }
        let context = &visit.app.context;
        let nonce: [u8; NONCE_BYTES] = context.bytes();
        let sealed = visit
            .app
            .sealer
            .seal(PURPOSE, self, context.now() + KEPT, nonce);
        sealed.unwrap_or_default()
    }

    /// Why.
    pub fn notices(&self, visit: &Visit) -> Vec<Notice> {
        shown(visit, &self.reasons)
    }

    /// What applies besides.
    pub fn also(&self, visit: &Visit) -> Vec<Notice> {
        shown(visit, &self.also)
    }
}

fn shown(visit: &Visit, all: &[Told]) -> Vec<Notice> {
    let one = |told: &Told| Notice {
        text: told.text.clone(),
        signposts: show::signposts(&visit.pack.point_to(&told.signposts)),
    };
    all.iter().map(one).collect()
}
