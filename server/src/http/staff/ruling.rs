//! Reads the form in which a case is proposed or decided. Says what is wrong with it in words; keeps all that was typed.

use app::text::{t, t_with};
use app::view::{FieldError, RulingForm};
use chrono::{DateTime, Utc};

use crate::domain::decision::{Kind, MOST_REASON, MOST_TIMES, Terms};
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::domain::triage::SignpostId;
use crate::http::form::Form;

/// The form as it was sent.
pub struct Typed {
    kind: String,
    service: String,
    extra: i64,
    /// The first date to show times of, as typed.
    pub from: String,
    times: Vec<DateTime<Utc>>,
    question: String,
    signposts: Vec<String>,
    reason: String,
}

impl Typed {
    /// Reads the form. Nothing is judged yet.
    pub fn read(form: &Form) -> Self {
        let mut times: Vec<_> = form
            .all("times")
            .filter_map(|text| time::parse_instant(text).ok())
            .collect();
        times.sort_unstable();
        times.dedup();
        Self {
            kind: form.first("kind").to_owned(),
            service: form.first("service").to_owned(),
            extra: form.first("extra").parse().unwrap_or(0),
            from: form.first("from").to_owned(),
            times,
            question: tidy(form.first("question")),
            signposts: form.all("signposts").map(ToOwned::to_owned).collect(),
            reason: tidy(form.first("reason")),
        }
    }

    /// What somebody wrote in their own words.
    pub fn words(&self) -> Vec<String> {
        [&self.question, &self.reason]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect()
    }

    /// The terms and the reason, or all that is wrong. Only what the form had to choose from can be chosen.
    pub fn judge(&self, form: &RulingForm) -> Result<(Terms, String), Vec<FieldError>> {
        let mut errors = Vec::new();
        let terms = self.terms(form, &mut errors);
        long("reason", &self.reason, "case-wrong-reason", &mut errors);
        match terms {
            Some(terms) if errors.is_empty() => Ok((terms, self.reason.clone())),
            _ => Err(errors),
        }
    }

    fn terms(&self, form: &RulingForm, errors: &mut Vec<FieldError>) -> Option<Terms> {
        let Some(kind) = Kind::from_name(&self.kind) else {
            errors.push(wrong("kind", t("case-wrong-kind")));
            return None;
        };
        match kind {
            Kind::Accept => {
                let (service, extra_minutes) = self.meeting(form, errors)?;
                Some(Terms::Accept {
                    service,
                    extra_minutes,
                })
            }
            Kind::Offer => {
                let meeting = self.meeting(form, errors);
                if self.times.is_empty() {
                    errors.push(wrong("times", t("case-wrong-times-none")));
                } else if self.times.len() > MOST_TIMES {
                    errors.push(wrong("times", t("case-wrong-times-many")));
                }
                let (service, extra_minutes) = meeting?;
                Some(Terms::Offer {
                    service,
                    extra_minutes,
                    times: self.times.clone(),
                })
            }
            Kind::Ask => {
                long("question", &self.question, "case-wrong-question", errors);
                Some(Terms::Ask {
                    question: self.question.clone(),
                })
            }
            Kind::Decline => self.decline(form, errors),
        }
    }

    fn meeting(&self, form: &RulingForm, errors: &mut Vec<FieldError>) -> Option<(ServiceId, i64)> {
        let known = form.services.iter().any(|own| own.id == self.service);
        if !known {
            errors.push(wrong("service", t("case-wrong-service")));
            return None;
        }
        Some((ServiceId(self.service.clone()), self.extra))
    }

    fn decline(&self, form: &RulingForm, errors: &mut Vec<FieldError>) -> Option<Terms> {
        if form.one_no.is_some() {
            return Some(Terms::Decline {
                signposts: Vec::new(),
            });
        }
        let signposts: Vec<SignpostId> = self
            .signposts
            .iter()
            .filter(|id| form.signposts.iter().any(|own| own.value == **id))
            .map(|id| SignpostId(id.clone()))
            .collect();
        if signposts.is_empty() {
            errors.push(wrong("signposts", t("case-wrong-signposts")));
            return None;
        }
        Some(Terms::Decline { signposts })
    }

    /// Puts what was typed into the form.
    pub fn put_into(&self, form: &mut RulingForm) {
        form.kind.clone_from(&self.kind);
        if form.services.iter().any(|own| own.id == self.service) {
            for service in &mut form.services {
                service.selected = service.id == self.service;
            }
        }
        let extra = self.extra.to_string();
        for choice in &mut form.extra {
            choice.chosen = choice.value == extra;
        }
        form.from.clone_from(&self.from);
        form.times = self
            .times
            .iter()
            .map(|start| time::rfc3339(*start))
            .collect();
        form.question.clone_from(&self.question);
        for choice in &mut form.signposts {
            choice.chosen = self.signposts.contains(&choice.value);
        }
        form.reason.clone_from(&self.reason);
        form.from_proposal.clear();
    }
}

/// Words that are needed, and not too many of them.
fn long(field: &str, text: &str, missing: &str, errors: &mut Vec<FieldError>) {
    if text.is_empty() {
        errors.push(wrong(field, t(missing)));
    } else if text.chars().count() > MOST_REASON {
        let most = i64::try_from(MOST_REASON).unwrap_or(0);
        let text = t_with("case-wrong-too-long", &[("most", most.into())]);
        errors.push(wrong(field, text));
    }
}

/// Something that is wrong with a field.
pub fn wrong(field: &str, text: String) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text,
    }
}

/// Without characters that cannot be seen, and without space round it.
fn tidy(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    seen.trim().to_owned()
}
