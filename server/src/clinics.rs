//! What a clinic says of itself on the public pages: the text of one clinic, as it is stored in `clinics.about`.
//!
//! Promises that text which parses is complete: nothing a page shows can be missing. It does not format, translate or
//! invent: dates, services and free times come from elsewhere.

use serde::{Deserialize, Serialize};

/// The public text of one clinic. Plain English, written by the clinic; the sample set-up brings a first version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// One plain sentence.
    pub summary: String,
    /// Two or three everyday problems, in the words of a person who has them.
    pub examples: Vec<String>,
    /// What a person gets, one sentence an item.
    pub what: Vec<String>,
    /// Who it is for.
    pub who_for: String,
    /// The price in words, such as "Free".
    pub price: String,
    /// Who sees the person and who checks their work.
    pub who_delivers: String,
    /// What it cannot do, with who can.
    pub cannot: Vec<Cannot>,
    /// Where it is.
    pub place: Place,
    /// What to bring, one thing an item.
    pub bring: Vec<String>,
    /// The days and hours, in words.
    pub open_days: String,
    /// Whether to ask for the organisation's name.
    pub serves_organisations: bool,
    /// Working days within which a request is answered.
    pub reply_days: i64,
    /// Working days within which an urgent request is answered or a conflict check is cleared.
    pub urgent_reply_days: i64,
}

/// Something a clinic cannot do, and who can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cannot {
    /// The matter.
    pub what: String,
    /// Who helps with it.
    pub who_can: String,
}

/// Where a clinic is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// One line.
    pub address: String,
    /// How to find it.
    pub directions: String,
    /// How to come without steps.
    pub step_free: String,
}

/// Why a clinic's text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AboutError {
    /// It is not the JSON that it has to be.
    #[error("what clinic {clinic} says of itself cannot be read: {problem}")]
    Unreadable {
        /// The clinic's id.
        clinic: String,
        /// What the reader found, with line and column.
        problem: String,
    },
    /// A part that a page needs is empty or out of range.
    #[error("what clinic {clinic} says of itself lacks {part}")]
    Lacking {
        /// The clinic's id.
        clinic: String,
        /// The part, by its name in [`About`].
        part: &'static str,
    },
}

impl About {
    /// Reads the stored text of a clinic and makes sure that it is complete.
    pub fn parse(clinic: &str, json: &str) -> Result<Self, AboutError> {
        let about: Self = serde_json::from_str(json).map_err(|error| AboutError::Unreadable {
            clinic: clinic.to_owned(),
            problem: error.to_string(),
        })?;
        match about.lacks() {
            Some(part) => Err(AboutError::Lacking {
                clinic: clinic.to_owned(),
                part,
            }),
            None => Ok(about),
        }
    }

    /// The text as it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, lists and numbers only: writing them as JSON cannot fail, and `parse` refuses an empty text.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The first part that a page needs and that is not there.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        let blank = |text: &String| text.trim().is_empty();
        let no_list = |list: &[String]| list.is_empty() || list.iter().any(blank);
        [
            ("summary", blank(&self.summary)),
            ("examples", no_list(&self.examples)),
            ("what", no_list(&self.what)),
            ("who_for", blank(&self.who_for)),
            ("price", blank(&self.price)),
            ("who_delivers", blank(&self.who_delivers)),
            (
                "cannot",
                self.cannot
                    .iter()
                    .any(|one| blank(&one.what) || blank(&one.who_can)),
            ),
            ("place.address", blank(&self.place.address)),
            ("place.directions", blank(&self.place.directions)),
            ("place.step_free", blank(&self.place.step_free)),
            ("bring", self.bring.iter().any(blank)),
            ("open_days", blank(&self.open_days)),
            ("reply_days", self.reply_days < 1),
            ("urgent_reply_days", self.urgent_reply_days < 1),
        ]
        .into_iter()
        .find_map(|(part, lacking)| lacking.then_some(part))
    }
}

impl From<Cannot> for app::view::Cannot {
    fn from(cannot: Cannot) -> Self {
        Self {
            what: cannot.what,
            who_can: cannot.who_can,
        }
    }
}

impl From<Place> for app::view::Place {
    fn from(place: Place) -> Self {
        Self {
            address: place.address,
            directions: place.directions,
            step_free: place.step_free,
        }
    }
}

impl From<&crate::domain::triage::Signpost> for app::view::Signpost {
    fn from(signpost: &crate::domain::triage::Signpost) -> Self {
        Self {
            name: signpost.name.clone(),
            telephone: signpost.telephone.clone(),
            dial: signpost.dial.clone(),
            url: signpost.url.clone(),
            hours: signpost.hours.clone(),
            why: signpost.why.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            summary: "Help with bicycles.".to_owned(),
            examples: vec!["My bell is flat.".to_owned()],
            what: vec!["We look at your bicycle.".to_owned()],
            who_for: "People who ride.".to_owned(),
            price: "Free".to_owned(),
            who_delivers: "Students mend it. A supervisor checks it.".to_owned(),
            cannot: vec![Cannot {
                what: "Cars".to_owned(),
                who_can: "A garage.".to_owned(),
            }],
            place: Place {
                address: "1 Sample Street".to_owned(),
                directions: "Turn left.".to_owned(),
                step_free: "No steps.".to_owned(),
            },
            bring: Vec::new(),
            open_days: "Mondays".to_owned(),
            serves_organisations: false,
            reply_days: 3,
            urgent_reply_days: 1,
        }
    }

    #[test]
    fn stored_text_reads_back_as_it_was_written() {
        assert_eq!(About::parse("bicycles", &about().to_json()), Ok(about()));
    }

    #[test]
    fn unreadable_text_names_the_clinic_and_the_missing_part() {
        let error = About::parse("bicycles", "{\"summary\": \"Help\"}")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("bicycles") && error.contains("`examples`"),
            "{error}"
        );
        assert!(matches!(
            About::parse("bicycles", ""),
            Err(AboutError::Unreadable { .. })
        ));
    }

    #[test]
    fn an_empty_part_that_a_page_needs_is_refused_by_name() {
        let lacking = |change: fn(&mut About)| {
            let mut changed = about();
            change(&mut changed);
            About::parse("bicycles", &changed.to_json())
                .unwrap_err()
                .to_string()
        };
        assert!(
            lacking(|a| a.summary = "  ".to_owned())
                .ends_with("bicycles says of itself lacks summary")
        );
        assert!(lacking(|a| a.examples.clear()).ends_with("lacks examples"));
        assert!(lacking(|a| a.cannot[0].who_can.clear()).ends_with("lacks cannot"));
        assert!(lacking(|a| a.place.address.clear()).ends_with("lacks place.address"));
        assert!(lacking(|a| a.reply_days = 0).ends_with("lacks reply_days"));
    }
}
