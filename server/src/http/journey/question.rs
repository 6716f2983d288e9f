//! One question a page. The rules run again after every answer; a stop ends the questions at once and leaves nothing
//! behind but the mark that one was shown.

use app::pages;
use app::text::{has, in_language, t, t_with};
use app::view::{self, AnswerKind};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::visit::Visit;
use super::{leaving, outcome, show};
use crate::domain::triage::{
    self, Answer, AnswerCode, Answers, Day, Kind, Outcome, Question, QuestionId, Raw, assess,
    on_path, parse,
};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::intake::{Step, count_ending, ending};

/// `GET /clinics/{clinic}/questions`: the question to answer next.
pub async fn first(visit: Visit) -> Response {
    if leaving::comes_first(&visit) {
        return visit.go_on(&leaving::path(visit.id()));
    }
    let path = triage::path(&visit.pack, &visit.answers, visit.day());
    let question = if visit.draft.finished.is_some() {
        visit.pack.questions.first()
    } else {
        path.next
    };
    let to = question.map_or_else(
        || visit.furthest(),
        |question| Step::Question(question.id.clone()),
    );
    Redirect::to(&to.path(visit.id())).into_response()
}

/// `GET /clinics/{clinic}/questions/{question}`
pub async fn ask(
    Path((_, id)): Path<(String, String)>,
    mut visit: Visit,
) -> Result<Response, Edge> {
    // After a form was sent, the first question starts a new one; nothing of the old one is shown.
    if visit.draft.finished.is_some() {
        visit.answers = Answers::default();
        visit.assessment = assess(&visit.pack, &visit.answers, visit.day());
    }
    let Some(question) = visit.pack.question(&QuestionId(id)).cloned() else {
        return Err(Code::NotFound.into());
    };
    if leaving::comes_first(&visit) {
        return Ok(visit.go_on(&leaving::path(visit.id())));
    }
    let path = triage::path(&visit.pack, &visit.answers, visit.day());
    let open = path.next.is_some_and(|next| next.id == question.id);
    if !open && !path.visited.iter().any(|asked| asked.id == question.id) {
        let step = path
            .next
            .map_or_else(|| visit.furthest(), |next| Step::Question(next.id.clone()));
        return Ok(Redirect::to(&step.path(visit.id())).into_response());
    }
    let given = visit
        .answers
        .get(&question.id)
        .map(typed)
        .unwrap_or_default();
    let html = page(&visit, &question, &given, "");
    Ok(visit.page(StatusCode::OK, html))
}

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
struct Typed {
    chosen: Vec<String>,
    text: String,
    date: [String; 3],
}

fn typed(answer: &Answer) -> Typed {
    match answer {
        Answer::One(value) => Typed {
            chosen: vec![value.clone()],
            ..Typed::default()
        },
        Answer::Many(values) => Typed {
            chosen: values.iter().cloned().collect(),
            ..Typed::default()
        },
        Answer::Date(date) => {
            let parts = [date.format("%-d"), date.format("%-m"), date.format("%Y")];
            Typed {
                date: parts.map(|part| part.to_string()),
                ..Typed::default()
            }
        }
        Answer::Text(text) => Typed {
            text: text.clone(),
            ..Typed::default()
        },
        Answer::Names(names) => Typed {
            text: names.join("\n"),
            ..Typed::default()
        },
    }
}

/// `POST /clinics/{clinic}/questions/{question}`
pub async fn answer(
    Path((_, id)): Path<(String, String)>,
    mut visit: Visit,
    form: Form,
) -> Result<Response, Edge> {
    let Some(question) = visit.pack.question(&QuestionId(id)).cloned() else {
        return Err(Code::NotFound.into());
    };
    let raw = raw(&form);
    let answer = match parse(&question, &raw) {
        Ok(answer) => answer,
        Err(error) => {
            let given = typed_form(&form);
            let text = in_language(&visit.frame().lang, || words(error.code, &question));
            let html = page(&visit, &question, &given, &text);
            return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, html));
        }
    };
    let (pack, date, terms) = (visit.pack.clone(), visit.today, visit.terms.clone());
    let change = visit
        .change(move |draft| {
            if draft.finished.is_some() {
                draft.start_again();
            }
            let day = Day {
                date,
                terms: &terms,
            };
            let before = assess(&pack, &draft.answers(&pack), day);
            let mut answers = draft.answers(&pack);
            draft.look_anyway = false;
            answers.insert(question.id.clone(), answer);
            let answers = on_path(&pack, &answers, day);
            let after = assess(&pack, &answers, day);
            let stopped = after.outcome == Outcome::Stop;
            // A time that was found for other needs is given back.
            let other_needs = before.facts != after.facts || before.deadline != after.deadline;
            let outdated = stopped || other_needs || after.outcome != Outcome::Book;
            let released = if outdated {
                draft.kept.take().map(|kept| kept.hold)
            } else {
                None
            };
            draft.given_back |= released.is_some();
            let ended = ending(draft, &after);
            if stopped {
                draft.start_again();
                draft.stop_shown = true;
            } else {
                draft.set_answers(&answers)?;
            }
            draft.out_counted |= ended.as_ref().is_some_and(|(kind, _)| *kind == "out");
            Ok((stopped.then_some(after), released, ended))
        })
        .await?;
    if let Some(hold) = change.1 {
        crate::booking::release_as(&visit.app.context, hold, visit.actor()).await?;
    }
    if let Some((kind, reason)) = change.2 {
        count_ending(&visit.app.context, visit.id(), kind, &reason).await?;
    }
    match change.0 {
        Some(stop) => Ok(outcome::stopped(&visit, &stop)),
        None => Ok(visit.go_on(&visit.furthest().path(visit.id()))),
    }
}

fn raw(form: &Form) -> Raw {
    Raw::Form {
        answer: form.all("answer").map(str::to_owned).collect(),
        date: ["day", "month", "year"].map(|part| form.first(part).to_owned()),
    }
}

fn typed_form(form: &Form) -> Typed {
    Typed {
        chosen: form.all("answer").map(str::to_owned).collect(),
        text: form.first("answer").to_owned(),
        date: ["day", "month", "year"].map(|part| form.first(part).to_owned()),
    }
}

/// What is wrong, in words.
fn words(code: AnswerCode, question: &Question) -> String {
    let kind = match question.kind {
        Kind::Radio => "radio",
        Kind::Checks => "checks",
        Kind::Date => "date",
        Kind::Text | Kind::Long | Kind::Names => "text",
    };
    let code_name = code.as_str().replace('_', "-");
    let special = format!("answer-{code_name}-{kind}");
    let key = if has(&special) {
        special
    } else {
        format!("answer-{code_name}")
    };
    match code {
        AnswerCode::TooLong(most) | AnswerCode::TooMany(most) => {
            t_with(&key, &[("most", i64::try_from(most).unwrap_or(0).into())])
        }
        _ => t(&key),
    }
}

fn page(visit: &Visit, question: &Question, given: &Typed, error: &str) -> String {
    let path = triage::path(&visit.pack, &visit.answers, visit.day());
    let before = path
        .visited
        .iter()
        .take_while(|asked| asked.id != question.id)
        .count();
    let back = match before
        .checked_sub(1)
        .and_then(|index| path.visited.get(index))
    {
        Some(earlier) => format!("/clinics/{}/questions/{}", visit.id(), earlier.id),
        None => format!("/clinics/{}", visit.id()),
    };
    let here = usize::from(
        !path
            .visited
            .iter()
            .chain(&path.open)
            .any(|asked| asked.id == question.id),
    );
    let model = view::Question {
        clinic: visit.clinic_ref(),
        id: question.id.to_string(),
        text: question.text.clone(),
        hint: question.hint.clone(),
        why: question.why.clone(),
        kind: kind(question.kind),
        choices: question
            .choices
            .iter()
            .map(|choice| view::Choice {
                value: choice.value.clone(),
                label: choice.label.clone(),
                hint: choice.hint.clone(),
                chosen: given.chosen.contains(&choice.value),
                exclusive: choice.exclusive,
            })
            .collect(),
        value: given.text.clone(),
        date: given.date.clone(),
        max_chars: question.max_chars,
        error: error.to_owned(),
        step: before + 1,
        of: path.visited.len() + path.open.len() + here,
        answered: show::answered(visit, Some(question.id.as_str())),
        back,
        unread: if before == 0 {
            visit.pack.settings.text("notice").to_owned()
        } else {
            String::new()
        },
        notices: show::notices(&visit.assessment),
    };
    pages::question(&visit.frame(), &model)
}

fn kind(kind: Kind) -> AnswerKind {
    match kind {
        Kind::Radio => AnswerKind::Radio,
        Kind::Checks => AnswerKind::Checks,
        Kind::Date => AnswerKind::Date,
        Kind::Text => AnswerKind::Text,
        Kind::Names => AnswerKind::Names,
        Kind::Long => AnswerKind::Long,
    }
}
