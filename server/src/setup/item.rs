//! What there is to change.

use app::text::t;

use crate::domain::access::Action;

/// A kind of thing that a form changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A weekly session.
    Session,
    /// The hours of one date.
    Day,
    /// Dates on which the clinic is open.
    Term,
    /// Dates on which it is not.
    Closure,
    /// Bank holidays from the dates that came with the program.
    Holidays,
    /// A time in which somebody, something or the whole clinic is not there.
    Away,
    /// A person.
    Person,
    /// A room.
    Room,
    /// The rules of a service.
    Service,
    /// How many meetings a supervisor covers at once.
    Rules,
    /// The words of the clinic's public page.
    Words,
}

impl Item {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Session,
        Self::Day,
        Self::Term,
        Self::Closure,
        Self::Holidays,
        Self::Away,
        Self::Person,
        Self::Room,
        Self::Service,
        Self::Rules,
        Self::Words,
    ];

    /// Its name in addresses and in the catalogue.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Day => "day",
            Self::Term => "term",
            Self::Closure => "closure",
            Self::Holidays => "holidays",
            Self::Away => "away",
            Self::Person => "person",
            Self::Room => "room",
            Self::Service => "service",
            Self::Rules => "rules",
            Self::Words => "words",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.slug() == slug)
    }

    /// What one has to be allowed to do in the clinic.
    #[must_use]
    pub const fn needs(self) -> Action {
        match self {
            Self::Service | Self::Words => Action::EditSettings,
            _ => Action::EditAvailability,
        }
    }

    /// Whether it may be taken away altogether.
    pub(super) const fn removable(self) -> bool {
        matches!(
            self,
            Self::Session | Self::Day | Self::Term | Self::Closure | Self::Away
        )
    }

    /// Whether a change of it may cost or win times, and so is shown before it is saved.
    pub(super) const fn shows_first(self) -> bool {
        !matches!(self, Self::Words)
    }

    /// Whether a clinic has one and no more.
    pub(super) const fn single(self) -> bool {
        matches!(self, Self::Rules | Self::Words)
    }

    /// The heading of its form.
    pub(super) fn title(self, new: bool) -> String {
        let slug = self.slug();
        if new {
            t(&format!("avail-{slug}-new"))
        } else {
            t(&format!("avail-{slug}-change"))
        }
    }

    /// The address of the form of one thing.
    #[must_use]
    pub fn path(self, clinic: &str, id: &str) -> String {
        format!("/staff/availability/{clinic}/{}/{id}", self.slug())
    }
}
