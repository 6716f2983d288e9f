//! Every family of figures: the one list of names, which the page is written from and the dashboard is checked against.

/// What a family's figures do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Grows until the process ends.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts in buckets.
    Histogram,
}

impl Shape {
    /// As Prometheus calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// Figures of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// The name; its last word is the unit.
    pub name: &'static str,
    /// What its figures do.
    pub shape: Shape,
    /// What it says, for whoever reads the page.
    pub help: &'static str,
}

macro_rules! families {
    ($($name:ident = $text:literal, $shape:ident, $help:literal;)+) => {
        $(pub(super) const $name: Family = Family {
            name: $text,
            shape: Shape::$shape,
            help: $help,
        };)+

        /// Every family, in the order of the page.
        pub const FAMILIES: &[Family] = &[$($name,)+];
    };
}

families! {
    BUILD = "clinics_build_info", Gauge, "The version of the program; always 1.";
    STARTED = "process_start_time_seconds", Gauge, "When the process started, seconds since 1970.";
    MEMORY = "process_resident_memory_bytes", Gauge, "Memory that the process has in use.";
    BOOKINGS = "clinics_bookings_total", Counter, "Appointments made by this process, by state (confirmed, or requested where staff look first) and source.";
    REFUSALS = "clinics_refusals_total", Counter, "Holds and bookings that this process refused, by reason.";
    SIGN_INS = "clinics_sign_ins_total", Counter, "Staff who tried to sign in, by result.";
    RATE_LIMITED = "clinics_rate_limited_total", Counter, "Requests that were one too many, by what was counted.";
    SLOT_QUERIES = "clinics_slot_query_seconds", Histogram, "Time to read and work out the free times of a service.";
    REQUESTS = "clinics_request_seconds", Histogram, "Time to answer, by method, route pattern and status (499: the client went away).";
    DATABASE_UP = "clinics_database_up", Gauge, "Whether the database answered when this page was made: the figures below need it.";
    POOL = "clinics_database_connections", Gauge, "Connections to the database, by pool and by whether they are idle or in use.";
    POOL_MOST = "clinics_database_connections_max", Gauge, "Most connections of a pool.";
    OUTBOX = "clinics_outbox_queued", Gauge, "Messages that wait, also those that are not due yet.";
    OUTBOX_AGE = "clinics_outbox_oldest_due_seconds", Gauge, "How long the message that is due longest has been due; 0 if none is.";
    DEAD_LETTERS = "clinics_outbox_dead_letters", Gauge, "Messages that were given up.";
    WORK_AGE = "clinics_worker_oldest_round_seconds", Gauge, "How long ago the work was done that any worker did longest ago; 0 before the first.";
    WORK_FAILING = "clinics_worker_failing_rounds", Gauge, "Most rounds that one worker has failed in a row, up to the last hour.";
    HOLDS = "clinics_holds_live", Gauge, "Times that are kept for somebody at the moment.";
    CASES = "clinics_requests_open", Gauge, "Cases that wait for staff.";
    CASES_OVERDUE = "clinics_requests_overdue", Gauge, "Cases that wait for staff longer than was promised.";
    CASES_AGE = "clinics_requests_longest_overdue_seconds", Gauge, "By how much the most overdue case is late; 0 if none is.";
    CALLS = "clinics_calls_open", Gauge, "Telephone calls to make, by whether they are urgent.";
    CALLS_AGE = "clinics_calls_oldest_seconds", Gauge, "How long the oldest call has waited; 0 if there is none.";
    CHECKS = "clinics_checks_waiting", Gauge, "Conflict checks that wait.";
    CHECKS_OVERDUE = "clinics_checks_overdue", Gauge, "Conflict checks that wait longer than they should.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_say_their_unit() {
        let mut names: Vec<_> = FAMILIES.iter().map(|family| family.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FAMILIES.len());
        for family in FAMILIES {
            assert_eq!(
                family.name.ends_with("_total"),
                family.shape == Shape::Counter,
                "{}",
                family.name
            );
            if family.shape == Shape::Histogram {
                assert!(family.name.ends_with("_seconds"), "{}", family.name);
            }
            assert!(family.help.ends_with('.'), "{}", family.name);
        }
    }
}
