//! The figures as a table in Markdown, for the README.

use std::fmt::Write as _;

use serde_json::Value;

/// One column a stage.
pub fn table(figures: &Value) -> String {
    let stages: Vec<(&String, &Value)> = figures
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| value.is_object())
        .collect();
    let mut text = String::new();
    let names: Vec<&str> = stages.iter().map(|(name, _)| name.as_str()).collect();
    // Writing to a String cannot fail.
    writeln!(
        text,
        "| | {} |\n|---|{}",
        names.join(" | "),
        "---|".repeat(names.len())
    )
    .ok();
    let mut row = |label: &str, cell: &dyn Fn(&Value) -> String| {
        let cells: Vec<String> = stages.iter().map(|(_, stage)| cell(stage)).collect();
        writeln!(text, "| {label} | {} |", cells.join(" | ")).ok();
    };
    row(
        "bare axum, the same bytes, 1 / 8 / 64 clients: p50 ms",
        &|stage| p50(stage, "/load/bare", &[1, 8, 64]),
    );
    row("a month of times: p50 ms", &|stage| {
        p50(stage, "/load/month", &[1, 8, 64])
    });
    row("a month of times: answers a second", &|stage| {
        rate(stage, "/load/month", &[1, 8, 64])
    });
    row("of bare axum's rate", &|stage| {
        ratio(stage, ("/load/month", "/load/bare"), &[1, 8, 64])
    });
    row("one day of times: p50 ms", &|stage| {
        p50(stage, "/load/day", &[1, 8, 64])
    });
    row("one row a commit, bare, 1 / 8 / 32: a second", &|stage| {
        rate(stage, "/floors/row", &[1, 8, 32])
    });
    row("the statements of a booking, bare: a second", &|stage| {
        rate(stage, "/floors/booking", &[1, 8, 32])
    });
    row("`POST /appointments`: a second", &|stage| {
        rate(stage, "/load/bookings", &[1, 8, 32])
    });
    row("of the bare statements' rate", &|stage| {
        ratio(stage, ("/load/bookings", "/floors/booking"), &[1, 8, 32])
    });
    row("whole journeys: a second", &|stage| {
        rate(stage, "/load/journeys", &[1, 8, 32])
    });
    row("10,000 messages by SMTP: a second", &|stage| {
        number(stage, "/drain/per_second", 1.0)
    });
    row(
        "the first page, alone / while they go out: p50 ms",
        &|stage| pages(stage, "first_page", "p50_ms"),
    );
    row(
        "a month of times, alone / while they go out: p50, p95 ms",
        &|stage| {
            let each = ["p50_ms", "p95_ms"].map(|name| pages(stage, "month", name));
            each.join(", ")
        },
    );
    row("the first page: p50 ms, 1 / 8", &|stage| {
        p50(stage, "/load/pages/~1", &[1, 8])
    });
    row("first answer, ms", &|stage| number(stage, "/start_ms", 1.0));
    row("memory: idle / after / most, MB", &|stage| {
        let each = ["/idle_kb", "/after_kb", "/most_kb"].map(|path| number(stage, path, 1024.0));
        each.join(" / ")
    });
    text
}

fn pages(stage: &Value, page: &str, figure: &str) -> String {
    let each = ["pages_alone", "pages_meanwhile"]
        .map(|when| number(stage, &format!("/drain/{when}/{page}/{figure}"), 1.0));
    each.join(" / ")
}

fn p50(stage: &Value, path: &str, clients: &[u32]) -> String {
    each(clients, |count| figure(stage, path, count, "p50_ms"))
}

fn rate(stage: &Value, path: &str, clients: &[u32]) -> String {
    each(clients, |count| figure(stage, path, count, "per_second"))
}

fn ratio(stage: &Value, (path, floor): (&str, &str), clients: &[u32]) -> String {
    each(clients, |count| {
        let own = figure(stage, path, count, "per_second")?;
        Some(own / figure(stage, floor, count, "per_second")?)
    })
}

fn each(clients: &[u32], of: impl Fn(u32) -> Option<f64>) -> String {
    let cells: Vec<String> = clients
        .iter()
        .map(|count| of(*count).map_or_else(|| "–".to_owned(), short))
        .collect();
    cells.join(" / ")
}

fn figure(stage: &Value, path: &str, clients: u32, name: &str) -> Option<f64> {
    stage.pointer(&format!("{path}/{clients}/{name}"))?.as_f64()
}

fn number(stage: &Value, path: &str, unit: f64) -> String {
    let found = stage.pointer(path).and_then(Value::as_f64);
    found.map_or_else(|| "–".to_owned(), |value| short(value / unit))
}

/// Three figures, no more: the rest is noise.
fn short(value: f64) -> String {
    match value {
        small if small < 1.0 => format!("{small:.2}"),
        middle if middle < 100.0 => format!("{middle:.1}"),
        large => format!("{large:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_figure_that_is_missing_is_a_dash_and_a_ratio_is_of_the_same_clients() {
        let figures = json!({
            "binary_bytes": 1,
            "sqlite_small": {
                "load": { "bookings": { "8": { "per_second": 50.0 } } },
                "floors": { "booking": { "8": { "per_second": 200.0 } } },
            },
        });
        let text = table(&figures);
        assert!(
            text.contains("| of the bare statements' rate | – / 0.25 / – |"),
            "{text}"
        );
    }
}
