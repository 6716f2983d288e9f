//! The questions about equality (A15): what is asked, and which answers count.
//!
//! The headings are those of the harmonised standards of the Government Statistical Service, in plainer words (the words
//! are in the catalogue, by these ids); the income bands are ours. Never looks at anything else of a form, so no outcome
//! can follow from an answer.

/// One question, by its id, with the ids of its answers in the order to show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: &'static str,
    /// Its answers; the last is always [`RATHER_NOT`].
    pub answers: &'static [&'static str],
}

/// One question and the answer that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: &'static str,
    /// The answer.
    pub answer: &'static str,
}

/// "Prefer not to say".
pub const RATHER_NOT: &str = "rather_not";

/// The questions, in order.
pub const QUESTIONS: [Asked; 4] = [
    Asked {
        question: "sex",
        answers: &["female", "male", RATHER_NOT],
    },
    Asked {
        question: "ethnicity",
        answers: &["asian", "black", "mixed", "white", "other", RATHER_NOT],
    },
    Asked {
        question: "disability",
        answers: &["a_lot", "a_little", "not_limited", "none", RATHER_NOT],
    },
    Asked {
        question: "income",
        answers: &[
            "under_15000",
            "15000_to_24999",
            "25000_to_39999",
            "40000_or_more",
            "not_sure",
            RATHER_NOT,
        ],
    },
];

/// The answers that count, from what was sent for each question. What is none of ours counts for nothing: nothing here can
/// be wrong.
pub fn answers<'a>(sent: impl Fn(&str) -> &'a str) -> Vec<Answered> {
    QUESTIONS
        .iter()
        .filter_map(|asked| {
            let value = sent(asked.question);
            let answer = asked.answers.iter().find(|answer| **answer == value)?;
            Some(Answered {
                question: asked.question,
                answer,
            })
        })
        .collect()
}

/// Counts under this are not told: with few people of one month in one clinic, whoever knows who came could tell who said
/// what.
pub const FEWEST_TOLD: i64 = 5;

/// A count as it may be shown; `None` where it has to be hidden. Nothing shows a count but through this, by month and
/// clinic or added up.
#[must_use]
pub fn told(people: i64) -> Option<i64> {
    (people == 0 || people >= FEWEST_TOLD).then_some(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_can_be_left_open_or_declined() {
        assert!(answers(|_| "").is_empty());
        for asked in QUESTIONS {
            assert_eq!(asked.answers.last(), Some(&RATHER_NOT));
        }
        assert_eq!(answers(|_| RATHER_NOT).len(), QUESTIONS.len());
    }

    #[test]
    fn domain_9_8_test_9_a_count_that_could_be_somebody_is_not_told() {
        assert_eq!(told(0), Some(0));
        for few in 1..5 {
            assert_eq!(told(few), None);
        }
        assert_eq!(told(5), Some(5));
    }

    #[test]
    fn only_our_own_answers_count() {
        let sent = |question: &str| match question {
            "sex" => "female",
            "ethnicity" => "Amina Sample",
            "income" => "a_lot",
            _ => "",
        };
        let counted = [Answered {
            question: "sex",
            answer: "female",
        }];
        assert_eq!(answers(sent), counted);
    }
}
