//! The sets there are, and who may do what with each.

use app::text::t;
use app::view::questions::SetRef;

use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::packs::{SHARED, SIGNPOSTS, file_of};
use crate::store::ClinicRow;

/// A question set: one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// What every clinic asks first.
    Shared,
    /// Who rules may point to.
    Signposts,
    /// A clinic's own questions.
    Clinic(ClinicId),
}

impl Set {
    /// The set that an address names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Self {
        match slug {
            "shared" => Self::Shared,
            "signposts" => Self::Signposts,
            clinic => Self::Clinic(clinic.into()),
        }
    }

    /// The set that is kept in a file of this name.
    #[must_use]
    pub fn from_file(file: &str) -> Self {
        Self::from_slug(file.strip_suffix(".toml").unwrap_or(file))
    }

    /// Its name in addresses.
    #[must_use]
    pub fn slug(&self) -> &str {
        match self {
            Self::Shared => "shared",
            Self::Signposts => "signposts",
            Self::Clinic(clinic) => clinic.as_str(),
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        match self {
            Self::Shared => SHARED.to_owned(),
            Self::Signposts => SIGNPOSTS.to_owned(),
            Self::Clinic(clinic) => file_of(clinic),
        }
    }

    /// The clinic whose set it is, if it is one clinic's.
    #[must_use]
    pub fn clinic(&self) -> Option<&ClinicId> {
        match self {
            Self::Clinic(clinic) => Some(clinic),
            Self::Shared | Self::Signposts => None,
        }
    }

    /// Whether this person may read it. What all share, all staff may read.
    #[must_use]
    pub fn may_see(&self, standing: &Standing) -> bool {
        match self.clinic() {
            Some(clinic) => may(standing, Action::SeeQuestions, Some(clinic)),
            None => may(standing, Action::OpenDesk, None),
        }
    }

    /// Whether this person may change and publish it.
    #[must_use]
    pub fn may_edit(&self, standing: &Standing) -> bool {
        match self.clinic() {
            Some(clinic) => may(standing, Action::EditQuestions, Some(clinic)),
            None => standing.may_edit_shared_questions(),
        }
    }

    /// Whether this person may publish a version that asks less than the one in force.
    #[must_use]
    pub fn may_soften(&self, standing: &Standing) -> bool {
        standing.may_soften_questions(self.clinic())
    }

    /// Its name for people.
    #[must_use]
    pub fn named(&self, clinics: &[ClinicRow]) -> SetRef {
        let name = match self {
            Self::Shared => t("questions-shared"),
            Self::Signposts => t("questions-signposts"),
            Self::Clinic(clinic) => clinics
                .iter()
                .find(|row| row.id == clinic.as_str())
                .map_or_else(|| clinic.to_string(), |row| row.name.clone()),
        };
        SetRef {
            slug: self.slug().to_owned(),
            name,
        }
    }

    /// The address of its page, or of one below it.
    #[must_use]
    pub fn path(&self, below: &str) -> String {
        let slash = if below.is_empty() { "" } else { "/" };
        format!("/staff/questions/{}{slash}{below}", self.slug())
    }
}
