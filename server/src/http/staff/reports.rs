//! `/staff/reports`: the page, the same numbers to take away, and what they rest on. Where somebody may see no clinic's
//! counts they get the refusal, and another clinic's answers like one that does not exist.

use app::pages::staff as pages;
use app::text::{in_language, t};
use app::view::{ClinicRef, FieldError, ReportCell, ReportSetUp, Reports};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde::Deserialize;

use super::{SignedIn, go_to, page};
use crate::booking::Actor;
use crate::desk::reports::{
    self as counts, Change, ReportSettings, Saved, report_settings, save_report_settings,
};
use crate::domain::access::{Action, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// The routes below `/staff/reports`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/reports", get(see))
        .route("/staff/reports.csv", get(csv))
        .route("/staff/reports.xlsx", get(xlsx))
        .route("/staff/reports/set-up", get(set_up).post(save))
}

/// What may stand in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    clinic: Option<String>,
    year: String,
}

impl Asked {
    /// The page of these numbers.
    fn page(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(clinic) = &self.clinic {
            query.append_pair("clinic", clinic);
        }
        query.append_pair("year", &self.year);
        format!("/staff/reports?{}", query.finish())
    }
}

async fn found(app: &App, who: &SignedIn, asked: &Asked) -> Result<Reports, Edge> {
    if who.standing.clinics_for(Action::SeeReports).is_empty() && !sees_all(who) {
        return Err(Code::Forbidden.into());
    }
    let clinic = asked.clinic.as_deref();
    counts::reports(&app.context, &app.packs, &who.standing, clinic, &asked.year)
        .await?
        .ok_or_else(|| Code::Forbidden.into())
}

/// An administrator belongs to no clinic and sees the counts of each.
fn sees_all(who: &SignedIn) -> bool {
    may(
        &who.standing,
        Action::SeeReports,
        Some(&ClinicId(String::new())),
    )
}

/// `GET /staff/reports?clinic=&year=`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let model = found(&app, &who, &asked).await?;
    Ok(page(pages::reports(&who.frame(&app, &nonce), &model)))
}

/// The numbers to take away: the same that the page shows, small ones hidden. Whoever takes them has been asked again who
/// they are.
async fn to_take(app: &App, who: &SignedIn, asked: &Asked) -> Result<Reports, Edge> {
    let model = found(app, who, asked).await?;
    counts::note_export(&app.context, &who.standing, &model.clinic).await?;
    Ok(model)
}

fn download(body: Vec<u8>, kind: &'static str, name: &str) -> Result<Response, Edge> {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(Edge::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

/// `reports-law-2026`, of letters and digits alone.
fn file_name(model: &Reports, end: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect()
    };
    let clinic = if model.clinic.is_empty() {
        "all".to_owned()
    } else {
        plain(&model.clinic)
    };
    format!("reports-{clinic}-{}.{end}", plain(&model.year))
}

/// `GET /staff/reports.csv`: one line a number (RFC 4180): which clinic and year, which table, of what, which column, the
/// number. The large numbers of the page come first.
async fn csv(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    if let Some(ask) = who.asked_again(&app, &asked.page()) {
        return Ok(ask);
    }
    let model = to_take(&app, &who, &asked).await?;
    let frame = who.frame(&app, &nonce);
    let text = in_language(&frame.lang, || lines(&model));
    let name = file_name(&model, "csv");
    download(text.into_bytes(), "text/csv; charset=utf-8", &name)
}

fn lines(model: &Reports) -> String {
    let head = [
        "reports-csv-clinic",
        "reports-year",
        "reports-csv-table",
        "report-of",
        "reports-csv-what",
        "reports-csv-number",
    ];
    let mut text = line(head.map(t).as_slice());
    let clinic = clinic_name(model);
    let mut add = |table: &str, of: &str, what: &str, cell: ReportCell| {
        let fields = [&clinic, &model.title, table, of, what].map(str::to_owned);
        text += &line(&[fields.as_slice(), &[plain(cell)]].concat());
    };
    let total = t("report-total");
    for one in &model.figures {
        let what = words("report", &one.name);
        add(&t("reports-in-short"), &total, &what, one.cell);
    }
    for table in &model.tables {
        let title = words("report", &table.name);
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                add(&title, &row.label, &words("report", column), *cell);
            }
        }
    }
    text
}

/// The clinic that the numbers are of, or that they are of all.
fn clinic_name(model: &Reports) -> String {
    let own = model.clinics.iter().find(|one| one.id == model.clinic);
    own.filter(|one| !one.id.is_empty())
        .map_or_else(|| t("case-all-clinics"), |one| one.name.clone())
}

/// The words of a code, as the pages have them.
fn words(family: &str, code: &str) -> String {
    t(&format!("{family}-{}", code.replace('_', "-")))
}

/// A number without unit; what is hidden says so, nothing is empty.
fn plain(cell: ReportCell) -> String {
    match cell {
        ReportCell::Nothing => String::new(),
        ReportCell::Count(number) | ReportCell::Percent(number) | ReportCell::Pounds(number) => {
            number.to_string()
        }
        ReportCell::Tenths(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        ReportCell::Hidden => t("reports-hidden"),
    }
}

/// One line of a CSV file. Text that a spreadsheet would take for a formula begins with an apostrophe.
fn line(fields: &[String]) -> String {
    let field = |text: &String| {
        let guard = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let guard = if guard { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let fields: Vec<String> = fields.iter().map(field).collect();
    fields.join(",") + "\r\n"
}

/// `GET /staff/reports.xlsx`: a sheet that says whose numbers these are, with the large ones, and then one for each table.
async fn xlsx(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    if let Some(ask) = who.asked_again(&app, &asked.page()) {
        return Ok(ask);
    }
    let model = to_take(&app, &who, &asked).await?;
    let frame = who.frame(&app, &nonce);
    let book = in_language(&frame.lang, || workbook(&model)).map_err(Edge::internal)?;
    let name = file_name(&model, "xlsx");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    download(book, kind, &name)
}

fn workbook(model: &Reports) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    in_short(book.add_worksheet(), model, &bold)?;
    for table in &model.tables {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&words("report", &table.name)))?;
        sheet.write_string_with_format(0, 0, t("report-of"), &bold)?;
        sheet.set_column_width(0, 28)?;
        for (column, code) in (1_u16..).zip(&table.columns) {
            sheet.write_string_with_format(0, column, words("report", code), &bold)?;
        }
        for (at, row) in (1_u32..).zip(&table.rows) {
            sheet.write_string(at, 0, &row.label)?;
            for (column, cell) in (1_u16..).zip(&row.cells) {
                put(sheet, (at, column), *cell)?;
            }
        }
    }
    book.save_to_buffer()
}

/// A sheet's name has at most 31 characters and none that means something in a formula.
fn sheet_name(title: &str) -> String {
    let allowed = title.chars().filter(|one| !"[]:*?/\\'".contains(*one));
    allowed.take(31).collect()
}

fn in_short(sheet: &mut Worksheet, model: &Reports, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(&t("reports-in-short")))?;
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 28)?;
    let whose = [
        (t("reports-csv-clinic"), clinic_name(model)),
        (t("reports-year"), model.title.clone()),
    ];
    for (at, (name, value)) in (0_u32..).zip(whose) {
        sheet.write_string_with_format(at, 0, name, bold)?;
        sheet.write_string(at, 1, value)?;
    }
    for (at, one) in (3_u32..).zip(&model.figures) {
        sheet.write_string(at, 0, words("report", &one.name))?;
        put(sheet, (at, 1), one.cell)?;
    }
    Ok(())
}

/// A number as a number, what is hidden in words, nothing as nothing.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: ReportCell,
) -> Result<(), XlsxError> {
    match cell {
        ReportCell::Nothing => {}
        ReportCell::Hidden => {
            sheet.write_string(row, column, t("reports-hidden"))?;
        }
        shown => {
            sheet.write_number(row, column, number(shown))?;
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a clinic are far below 2^52"
)]
fn number(cell: ReportCell) -> f64 {
    match cell {
        ReportCell::Count(number) | ReportCell::Percent(number) | ReportCell::Pounds(number) => {
            number as f64
        }
        ReportCell::Tenths(tenths) => tenths as f64 / 10.0,
        ReportCell::Nothing | ReportCell::Hidden => 0.0,
    }
}

/// The clinics whose settings this person may change, and the one asked for or the first.
async fn own(app: &App, who: &SignedIn, asked: &str) -> Result<(Vec<ClinicRef>, ClinicRef), Edge> {
    let clinics = app.context.store.read().await?.clinics().await?;
    let own: Vec<ClinicRef> = clinics
        .into_iter()
        .filter(|row| {
            may(
                &who.standing,
                Action::EditSettings,
                Some(&ClinicId(row.id.clone())),
            )
        })
        .map(|row| ClinicRef {
            id: row.id,
            name: row.name,
        })
        .collect();
    let chosen = own
        .iter()
        .find(|one| asked.is_empty() || one.id == asked)
        .cloned()
        .ok_or(Code::Forbidden)?;
    Ok((own, chosen))
}

fn pounds(pence: i64) -> String {
    if pence == 0 {
        String::new()
    } else {
        format!("{}.{:02}", pence / 100, pence % 100)
    }
}

fn form_of(settings: &ReportSettings, clinics: Vec<ClinicRef>, clinic: ClinicRef) -> ReportSetUp {
    ReportSetUp {
        clinics,
        clinic,
        student_rate: pounds(settings.student_rate),
        supervisor_rate: pounds(settings.supervisor_rate),
        from: time::iso_date(settings.from),
        rates: rates(settings),
        issues: settings.issues.join("\n"),
        seen: settings.seen.clone(),
        ..ReportSetUp::default()
    }
}

/// All rates, latest first. One without a first date comes from before rates had one.
fn rates(settings: &ReportSettings) -> Vec<(String, String, String)> {
    let since = |from: NaiveDate| {
        if from == NaiveDate::MIN {
            String::new()
        } else {
            time::long_date(from)
        }
    };
    let latest_first = settings.rates.iter().rev();
    latest_first
        .map(|one| (since(one.from), pounds(one.student), pounds(one.supervisor)))
        .collect()
}

/// `GET /staff/reports/set-up?clinic=`
async fn set_up(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let asked = asked.clinic.unwrap_or_default();
    let (clinics, clinic) = own(&app, &who, &asked).await?;
    let settings = report_settings(&app.context, &clinic.id).await?;
    let frame = who.frame(&app, &nonce);
    let model = in_language(&frame.lang, || form_of(&settings, clinics, clinic));
    Ok(page(pages::report_set_up(&frame, &model)))
}

/// `POST /staff/reports/set-up`
async fn save(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    form: Form,
) -> Result<Response, Edge> {
    let (clinics, clinic) = own(&app, &who, form.first("clinic")).await?;
    let frame = who.frame(&app, &nonce);
    let settings = report_settings(&app.context, &clinic.id).await?;
    let text = |name: &str| form.first(name).to_owned();
    let typed = ReportSetUp {
        clinics,
        clinic: clinic.clone(),
        student_rate: text("student_rate"),
        supervisor_rate: text("supervisor_rate"),
        from: text("from"),
        rates: in_language(&frame.lang, || rates(&settings)),
        issues: text("issues"),
        seen: text("seen"),
        ..ReportSetUp::default()
    };
    let rates_typed = (
        typed.student_rate.as_str(),
        typed.supervisor_rate.as_str(),
        typed.from.as_str(),
    );
    let today = time::local_date(app.context.now());
    let change = match Change::read(rates_typed, &typed.issues, today) {
        Ok(change) => change,
        Err(fields) => {
            let errors = fields.into_iter().map(|field| FieldError {
                field: field.to_owned(),
                text: in_language(&frame.lang, || words("reports-wrong", field)),
            });
            let model = ReportSetUp {
                errors: errors.collect(),
                ..typed
            };
            let html = pages::report_set_up(&frame, &model);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
        }
    };
    let actor = Actor::Staff(who.staff.id);
    let saved = save_report_settings(&app.context, &clinic.id, &typed.seen, &change, actor).await?;
    match saved {
        Saved::Yes => Ok(go_to(&format!("/staff/reports?clinic={}", clinic.id))),
        Saved::Overtaken(now) => {
            let model = ReportSetUp {
                seen: now.seen.clone(),
                rates: in_language(&frame.lang, || rates(&now)),
                overtaken: Some((
                    pounds(now.student_rate),
                    pounds(now.supervisor_rate),
                    now.issues.join("\n"),
                )),
                ..typed
            };
            let html = pages::report_set_up(&frame, &model);
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_a_csv_file_is_never_a_formula_and_never_two() {
        let fields = ["=1+1".to_owned(), "say \"hello\", twice".to_owned()];
        assert_eq!(line(&fields), "\"'=1+1\",\"say \"\"hello\"\", twice\"\r\n");
    }
}
