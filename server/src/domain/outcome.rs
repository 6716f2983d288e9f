//! What came of a meeting, in few words that can be counted. Pure.

/// Most minutes of all students, or of all supervisors, that one meeting takes with all that belongs to it: 40 hours.
pub const MOST_MINUTES: i64 = 2400;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Came {
    /// The client was advised, or the work was done.
    Advised,
    /// There is more to do, here.
    FollowUp,
    /// The client was told who can help.
    Signposted,
    /// The clinic passed the client on to somebody.
    Referred,
}

impl Came {
    /// All, in the order to show them.
    pub const ALL: [Self; 4] = [
        Self::Advised,
        Self::FollowUp,
        Self::Signposted,
        Self::Referred,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::FollowUp => "follow_up",
            Self::Signposted => "signposted",
            Self::Referred => "referred",
        }
    }

    /// What the stored word means.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether the clinic itself helped; otherwise it said who can.
    #[must_use]
    pub const fn is_help(self) -> bool {
        matches!(self, Self::Advised | Self::FollowUp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_back() {
        for one in Came::ALL {
            assert_eq!(Came::from_name(one.as_str()), Some(one));
        }
        assert_eq!(Came::from_name("cured"), None);
    }
}
