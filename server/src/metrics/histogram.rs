//! Times, counted in buckets.

use std::time::Duration;

/// Upper bounds in microseconds, each with the same in seconds as it is written: from what memory answers to what a person
/// gives up on.
pub(super) const BOUNDS: [(u64, &str); 13] = [
    (500, "0.0005"),
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (5_000_000, "5"),
    (20_000_000, "20"),
];

/// How many took how long.
#[derive(Debug, Clone, Default)]
pub(super) struct Histogram {
    counts: [u64; BOUNDS.len()],
    all: u64,
    micros: u64,
}

impl Histogram {
    pub(super) fn note(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(place) = BOUNDS.iter().position(|(bound, _)| micros <= *bound) {
            self.counts[place] += 1;
        }
        self.all += 1;
        self.micros = self.micros.saturating_add(micros);
    }

    /// How many took at most each bound, with the bound in seconds.
    pub(super) fn at_most(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let mut so_far = 0;
        BOUNDS
            .iter()
            .zip(self.counts)
            .map(move |((_, bound), count)| {
                so_far += count;
                (*bound, so_far)
            })
    }

    pub(super) fn count(&self) -> u64 {
        self.all
    }

    /// All times together, in seconds with six decimals.
    pub(super) fn sum(&self) -> String {
        format!("{}.{:06}", self.micros / 1_000_000, self.micros % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_counts_in_its_bucket_and_in_every_larger_one() {
        let mut times = Histogram::default();
        for micros in [500, 501, 30_000, 60_000_000] {
            times.note(Duration::from_micros(micros));
        }
        let at_most: Vec<_> = times.at_most().collect();
        assert_eq!(at_most[0], ("0.0005", 1));
        assert_eq!(at_most[1], ("0.001", 2));
        assert_eq!(at_most[6], ("0.05", 3));
        assert_eq!(at_most[12], ("20", 3));
        assert_eq!((times.count(), times.sum().as_str()), (4, "60.031001"));
    }

    #[test]
    fn bounds_are_written_as_they_are() {
        for (micros, text) in BOUNDS {
            let seconds: f64 = text.parse().unwrap();
            assert!((seconds * 1e6 - f64::from(u32::try_from(micros).unwrap())).abs() < 0.01);
        }
    }
}
