//! `/staff/reports`: few numbers, large, each with the sentence that explains it; charts with a table behind each; and the
//! page on which hourly rates and issues are set. Small numbers are hidden before they get here.

use super::parts::word;
use crate::icons::{ALERT, ARROW, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary};
use crate::text::{has, t, t_with};
use crate::view::{Figure, Frame, ReportCell, ReportSetUp, ReportTable, Reports};
use leptos::prelude::*;

/// The page.
pub fn reports(frame: &Frame, model: &Reports) -> String {
    let head = || Head {
        title: t("reports-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/reports", || {
        let query = format!("clinic={}&year={}", model.clinic, model.year);
        let set_up = model.can_set_up.then(|| {
            let href = format!("/staff/reports/set-up?clinic={}", model.clinic);
            view! { <p><a href=href>{t("reports-set-up")}</a></p> }
        });
        view! {
            <div class="desk-head">
                <h1>{t("reports-title")}</h1>
                {filter(model)}
            </div>
            <p>{t("reports-lead")}</p>
            {frame.sample.then(|| view! { <p class="notice">{icon(ALERT)} " " {t("reports-sample")}</p> })}
            <ul class="figures">{model.figures.iter().map(figure).collect_view()}</ul>
            {model.tables.iter().map(section).collect_view()}
            <section>
                <h2>{t("reports-take")}</h2>
                <p>{t("reports-take-text")}</p>
                <p class="actions">
                    <a class="button quiet" href=format!("/staff/reports.csv?{query}")>{t("reports-csv")}</a> " "
                    <a class="button quiet" href=format!("/staff/reports.xlsx?{query}")>{t("reports-xlsx")}</a>
                </p>
                {set_up}
            </section>
        }
    })
}

fn filter(model: &Reports) -> AnyView {
    let clinics = model
        .clinics
        .iter()
        .map(|one| {
            let name = if one.id.is_empty() {
                t("case-all-clinics")
            } else {
                one.name.clone()
            };
            view! { <option value=one.id.clone() selected=one.id == model.clinic>{name}</option> }
        })
        .collect_view();
    let years = model
        .years
        .iter()
        .map(|(year, label)| view! { <option value=year.clone() selected=*year == model.year>{label.clone()}</option> })
        .collect_view();
    view! {
        <form class="assign" method="get" action="/staff/reports">
            <label for="clinic">{t("staff-which-clinic")}</label>
            <select id="clinic" name="clinic">{clinics}</select>
            <label for="year">{t("reports-year")}</label>
            <select id="year" name="year">{years}</select>
            <button class="button quiet" type="submit">{t("reports-show")}</button>
        </form>
    }
    .into_any()
}

fn figure(one: &Figure) -> AnyView {
    let key = one.name.replace('_', "-");
    let small = matches!(one.cell, ReportCell::Hidden | ReportCell::Nothing);
    view! {
        <li>
            <h2>{t(&format!("report-{key}"))}</h2>
            <p class="figure" class:small=small>{cell(one.cell)}</p>
            <p class="hint">{t(&format!("report-{key}-is"))}</p>
        </li>
    }
    .into_any()
}

/// A cell in words; what is hidden says so.
pub fn cell(cell: ReportCell) -> String {
    match cell {
        ReportCell::Nothing => t("reports-nothing"),
        ReportCell::Count(number) => {
            t_with("staff-count", &[("count", in_thousands(number).into())])
        }
        ReportCell::Tenths(tenths) => {
            let shown = format!("{}.{}", tenths / 10, tenths % 10);
            t_with("staff-count", &[("count", shown.into())])
        }
        ReportCell::Percent(percent) => t_with("reports-percent", &[("number", percent.into())]),
        ReportCell::Pounds(pounds) => {
            t_with("reports-pounds", &[("number", in_thousands(pounds).into())])
        }
        ReportCell::Hidden => t("reports-hidden"),
    }
}

/// A whole number with a comma between its thousands, as people in England write it: 12,345.
fn in_thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn section(table: &ReportTable) -> AnyView {
    let key = table.name.replace('_', "-");
    let title = t(&format!("report-{key}"));
    let says = format!("report-{key}-is");
    let says = has(&says).then(|| view! { <p>{t(&says)}</p> });
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|name| word("report", name))
        .collect();
    let charts = table
        .charts
        .iter()
        .filter_map(|at| Some(chart(table, *at, names.get(*at)?)))
        .collect_view();
    let columns = names
        .iter()
        .map(|name| view! { <th scope="col" class="number">{name.clone()}</th> })
        .collect_view();
    let rows = table
        .rows
        .iter()
        .map(|row| {
            let cells = row
                .cells
                .iter()
                .zip(&names)
                .map(|(one, name)| {
                    view! { <td class="number" data-label=name.clone()>{cell(*one)}</td> }
                })
                .collect_view();
            view! { <tr class:total=row.total><th scope="row">{row.label.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <section class="report">
            <h2>{title.clone()}</h2>
            {says}
            <div class="charts">{charts}</div>
            <div class="desk-scroll" tabindex="0" role="region" aria-label=title>
                <table class="desk-table">
                    <thead><tr><th scope="col">{t("report-of")}</th>{columns}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The drawing is as wide as a narrow phone, so that its letters keep their size there: each bar stands below its label and
/// its number. In the units of the drawing: the whole width, the height of a bar, what stands above it, and a row.
const WIDE: i64 = 300;
const BAR: i64 = 9;
const WORDS: i64 = 14;
const STEP: i64 = 32;

/// A column as bars. The table below says the same in numbers, so the drawing itself is silent; a hidden number is drawn as
/// an outline of a fixed length that tells nothing.
fn chart(table: &ReportTable, column: usize, name: &str) -> AnyView {
    let rows: Vec<_> = table.rows.iter().filter(|row| !row.total).collect();
    let size = |one: &ReportCell| match one {
        ReportCell::Count(number)
        | ReportCell::Tenths(number)
        | ReportCell::Percent(number)
        | ReportCell::Pounds(number) => *number,
        ReportCell::Nothing | ReportCell::Hidden => 0,
    };
    let first = |row: &&&crate::view::ReportRow| row.cells.get(column).map_or(0, size);
    let most = rows.iter().map(|row| first(&row)).max().unwrap_or(0).max(1);
    let bars = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let y = i64::try_from(at).unwrap_or(0) * STEP;
            let hidden = row.cells.get(column) == Some(&ReportCell::Hidden);
            let width = if hidden { 24 } else { first(&row) * WIDE / most };
            let class = if hidden { "hidden-bar" } else { "bar" };
            let shown = row.cells.get(column).map_or_else(String::new, |one| cell(*one));
            let (words, bar) = ((y + WORDS - 3).to_string(), (y + WORDS).to_string());
            view! {
                <text x="0" y=words.clone()>{row.label.clone()}</text>
                <text x=WIDE.to_string() y=words text-anchor="end">{shown}</text>
                <rect class=class x="0" y=bar width=width.max(1).to_string() height=BAR.to_string() />
            }
        })
        .collect_view();
    let height = i64::try_from(rows.len()).unwrap_or(0) * STEP;
    view! {
        <figure class="drawn">
            <figcaption>{name.to_owned()}</figcaption>
            <svg class="chart" viewBox=format!("0 0 {WIDE} {height}") aria-hidden="true" focusable="false">{bars}</svg>
        </figure>
    }
    .into_any()
}

/// `/staff/reports/set-up`
pub fn report_set_up(frame: &Frame, model: &ReportSetUp) -> String {
    let head = || Head {
        title: t("reports-set-up"),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/reports", || {
        let links = model
            .clinics
            .iter()
            .map(|one| {
                let here = (one.id == model.clinic.id).then_some("page");
                view! { <a href=format!("/staff/reports/set-up?clinic={}", one.id) aria-current=here>{one.name.clone()}</a> }
            })
            .collect_view();
        let several = (model.clinics.len() > 1)
            .then(|| view! { <nav class="tabs" aria-label=t("staff-which-clinic")>{links}</nav> });
        let overtaken = model
            .overtaken
            .as_ref()
            .map(|(student, supervisor, issues)| {
                view! {
                    <section class="banner bad">
                        <h2>{icon(ALERT)} " " {t("reports-overtaken")}</h2>
                        <p>{t("reports-overtaken-text")}</p>
                        <p>{t("reports-student-rate")} ": " {student.clone()}</p>
                        <p>{t("reports-supervisor-rate")} ": " {supervisor.clone()}</p>
                        <p class="asked">{issues.clone()}</p>
                    </section>
                }
            });
        view! {
            {error_summary(&model.errors)}
            {overtaken}
            <div class="desk-head"><h1>{t("reports-set-up")}</h1>{several}</div>
            <h2>{model.clinic.name.clone()}</h2>
            {set_up_form(model)}
            {rates(model)}
            <p><a href="/staff/reports">{t("reports-back")}</a></p>
        }
    })
}

fn set_up_form(model: &ReportSetUp) -> AnyView {
    let rate = |name: &'static str, label: String, value: &str| {
        TextField {
            name,
            label,
            hint: t("reports-rate-hint"),
            value: value.to_owned(),
            error: error_of(&model.errors, name),
            inputmode: "decimal",
            width: "short",
            ..TextField::default()
        }
        .view()
    };
    let issues = TextField {
        name: "issues",
        label: t("reports-issues"),
        hint: t("reports-issues-hint"),
        value: model.issues.clone(),
        error: error_of(&model.errors, "issues"),
        rows: 12,
        ..TextField::default()
    };
    let from = TextField {
        name: "from",
        kind: "date",
        label: t("reports-rate-from"),
        hint: t("reports-rate-from-hint"),
        value: model.from.clone(),
        error: error_of(&model.errors, "from"),
        width: "medium",
        ..TextField::default()
    }
    .view();
    view! {
        <form method="post" action="/staff/reports/set-up" novalidate>
            <input type="hidden" name="clinic" value=model.clinic.id.clone() />
            <input type="hidden" name="seen" value=model.seen.clone() />
            {rate("student_rate", t("reports-student-rate"), &model.student_rate)}
            {rate("supervisor_rate", t("reports-supervisor-rate"), &model.supervisor_rate)}
            {from}
            {issues.view()}
            <button class="button main" type="submit">{t("reports-save")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}

/// The rates so far, so that whoever sets a new one sees which hours it does not touch.
fn rates(model: &ReportSetUp) -> Option<AnyView> {
    if model.rates.is_empty() {
        return None;
    }
    let shown = |pounds: &str| {
        if pounds.is_empty() {
            t("reports-nothing")
        } else {
            t_with("reports-pounds", &[("number", pounds.to_owned().into())])
        }
    };
    let rows = model
        .rates
        .iter()
        .map(|(from, student, supervisor)| {
            let from = if from.is_empty() { t("reports-rate-always") } else { from.clone() };
            view! {
                <tr>
                    <th scope="row">{from}</th>
                    <td class="number" data-label=t("reports-rate-students")>{shown(student)}</td>
                    <td class="number" data-label=t("reports-rate-supervisors")>{shown(supervisor)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="report">
                <h2>{t("reports-rates")}</h2>
                <div class="desk-scroll" tabindex="0" role="region" aria-label=t("reports-rates")>
                    <table class="desk-table">
                        <thead>
                            <tr>
                                <th scope="col">{t("reports-rate-since")}</th>
                                <th scope="col" class="number">{t("reports-rate-students")}</th>
                                <th scope="col" class="number">{t("reports-rate-supervisors")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::in_thousands;

    #[test]
    fn thousands_are_set_apart_by_a_comma() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345, "12,345"),
            (1_000_000, "1,000,000"),
            (-1_234, "-1,234"),
        ] {
            assert_eq!(in_thousands(number), text);
        }
    }
}
