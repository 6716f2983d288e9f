//! The page: Prometheus' text format, version 0.0.4.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use super::family::{self, Family};
use super::histogram::Histogram;
use super::{Metrics, locked};
use crate::store::{PoolUse, Pulse};

/// What the process cannot count by itself.
#[derive(Debug, Default)]
pub struct Outside {
    /// What the database says, if it answers.
    pub pulse: Option<Pulse>,
    /// Now, in seconds: ages are made from it.
    pub now: i64,
    /// The pools of connections.
    pub pools: Vec<PoolUse>,
    /// How many requests each rate limit has refused.
    pub rate_limited: Vec<(&'static str, u64)>,
    /// When the process started, in seconds.
    pub started: i64,
    /// Memory in use, in bytes, where the system says so.
    pub memory: Option<u64>,
}

/// Writes every figure that is known.
#[must_use]
pub fn page(metrics: &Metrics, outside: &Outside) -> String {
    let mut page = Page(String::with_capacity(16 * 1024));
    page.process(outside);
    page.counted(metrics, outside);
    page.timed(metrics);
    page.pools(outside);
    page.head(family::DATABASE_UP);
    page.line("clinics_database_up", "", u8::from(outside.pulse.is_some()));
    if let Some(pulse) = &outside.pulse {
        page.pulse(pulse, outside.now);
    }
    page.0
}

struct Page(String);

impl Page {
    fn head(&mut self, family: Family) {
        let Family { name, shape, help } = family;
        let shape = shape.as_str();
        // Writing to a String cannot fail.
        write!(self.0, "# HELP {name} {help}\n# TYPE {name} {shape}\n").ok();
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let (open, close) = if labels.is_empty() {
            ("", "")
        } else {
            ("{", "}")
        };
        writeln!(self.0, "{name}{open}{labels}{close} {value}").ok();
    }

    fn one(&mut self, family: Family, value: impl std::fmt::Display) {
        self.head(family);
        self.line(family.name, "", value);
    }

    fn process(&mut self, outside: &Outside) {
        self.head(family::BUILD);
        let version = label("version", env!("CARGO_PKG_VERSION"));
        self.line(family::BUILD.name, &version, 1);
        self.one(family::STARTED, outside.started);
        if let Some(memory) = outside.memory {
            self.one(family::MEMORY, memory);
        }
    }

    fn counted(&mut self, metrics: &Metrics, outside: &Outside) {
        self.head(family::BOOKINGS);
        for ((state, source), count) in &*locked(&metrics.bookings) {
            let labels = format!("{},{}", label("state", state), label("source", source));
            self.line(family::BOOKINGS.name, &labels, count);
        }
        self.head(family::REFUSALS);
        for (reason, count) in &*locked(&metrics.refusals) {
            self.line(family::REFUSALS.name, &label("reason", reason), count);
        }
        self.head(family::SIGN_INS);
        for (result, count) in [
            ("ok", &metrics.sign_ins),
            ("failed", &metrics.failed_sign_ins),
        ] {
            let count = count.load(Ordering::Relaxed);
            self.line(family::SIGN_INS.name, &label("result", result), count);
        }
        self.head(family::RATE_LIMITED);
        for (scope, count) in &outside.rate_limited {
            self.line(family::RATE_LIMITED.name, &label("scope", scope), count);
        }
    }

    fn timed(&mut self, metrics: &Metrics) {
        self.head(family::SLOT_QUERIES);
        self.histogram(
            family::SLOT_QUERIES.name,
            "",
            &locked(&metrics.slot_queries),
        );
        self.head(family::REQUESTS);
        for (route, answered) in &*locked(&metrics.requests) {
            for ((method, status), times) in answered {
                let (method, route) = (label("method", method), label("route", route));
                let labels = format!("{method},{route},status=\"{status}\"");
                self.histogram(family::REQUESTS.name, &labels, times);
            }
        }
    }

    fn histogram(&mut self, name: &str, labels: &str, times: &Histogram) {
        let comma = if labels.is_empty() { "" } else { "," };
        let bucket = format!("{name}_bucket");
        for (bound, count) in times.at_most() {
            self.line(&bucket, &format!("{labels}{comma}le=\"{bound}\""), count);
        }
        let all = format!("{labels}{comma}le=\"+Inf\"");
        self.line(&bucket, &all, times.count());
        self.line(&format!("{name}_sum"), labels, times.sum());
        self.line(&format!("{name}_count"), labels, times.count());
    }

    fn pools(&mut self, outside: &Outside) {
        self.head(family::POOL);
        for pool in &outside.pools {
            let in_use = pool.open.saturating_sub(pool.idle);
            for (state, count) in [("idle", pool.idle), ("in_use", in_use)] {
                let labels = format!("{},{}", label("pool", pool.name), label("state", state));
                self.line(family::POOL.name, &labels, count);
            }
        }
        self.head(family::POOL_MOST);
        for pool in &outside.pools {
            self.line(family::POOL_MOST.name, &label("pool", pool.name), pool.most);
        }
    }

    fn pulse(&mut self, pulse: &Pulse, now: i64) {
        let since = |instant: Option<i64>| instant.map_or(0, |then| (now - then).max(0));
        self.one(family::OUTBOX, pulse.queued);
        self.one(family::OUTBOX_AGE, since(pulse.oldest_due));
        self.one(family::DEAD_LETTERS, pulse.dead_letters);
        self.one(family::WORK_AGE, since(pulse.oldest_round));
        self.one(family::WORK_FAILING, pulse.failing_rounds);
        self.one(family::HOLDS, pulse.holds);
        self.one(family::CASES, pulse.requests);
        self.one(family::CASES_OVERDUE, pulse.requests_overdue);
        self.one(family::CASES_AGE, since(pulse.oldest_promise));
        self.head(family::CALLS);
        let usual = pulse.calls - pulse.urgent_calls;
        for (urgent, count) in [("yes", pulse.urgent_calls), ("no", usual)] {
            self.line(family::CALLS.name, &label("urgent", urgent), count);
        }
        self.one(family::CALLS_AGE, since(pulse.oldest_call));
        self.one(family::CHECKS, pulse.checks);
        self.one(family::CHECKS_OVERDUE, pulse.checks_overdue);
    }
}

/// `name="value"`, escaped.
fn label(name: &str, value: &str) -> String {
    let value = value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("{name}=\"{value}\"")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_family_has_its_head_and_nothing_else_is_on_the_page() {
        let metrics = Metrics::default();
        metrics.answered("GET", "/a\"b\\", 200, Duration::from_millis(3));
        let outside = Outside {
            pulse: Some(Pulse::default()),
            memory: Some(1),
            ..Outside::default()
        };
        let text = page(&metrics, &outside);
        for family in family::FAMILIES {
            let head = format!("# TYPE {} {}\n", family.name, family.shape.as_str());
            assert_eq!(text.matches(&head).count(), 1, "{}", family.name);
        }
        assert_eq!(text.matches("# TYPE ").count(), family::FAMILIES.len());
        assert!(
            text.contains(
                "clinics_request_seconds_bucket{method=\"GET\",route=\"/a\\\"b\\\\\",status=\"200\",le=\"0.005\"} 1\n"
            ),
            "{text}"
        );
        assert!(text.ends_with('\n'));
    }

    #[test]
    fn without_the_database_its_figures_are_missing_and_not_zero() {
        let text = page(&Metrics::default(), &Outside::default());
        assert!(text.contains("clinics_database_up 0\n"));
        assert!(!text.contains("clinics_outbox_queued"));
    }
}
