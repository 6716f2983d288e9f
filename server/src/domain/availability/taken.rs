//! What is taken of each resource, as a line of stretches, each with what is left of the resource
//! in it. Built once from the busy rows, then walked forward.

use crate::domain::ids::ResourceId;
use crate::domain::interval_set::Interval;
use crate::domain::schedule::Busy;

/// A stretch in which the same meetings use a resource.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    span: Interval,
    /// How many more meetings it bears as a supervisor; none or fewer means full.
    spare: i64,
}

/// A busy row of a resource known by its place in the list of resources.
#[derive(Debug, Clone, Copy)]
struct Use {
    resource: usize,
    span: Interval,
    at_once: i64,
}

/// What is left of a resource for the whole of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    /// Whether nothing at all uses it.
    pub(super) free: bool,
    /// How many more meetings it bears as a supervisor.
    pub(super) spare: i64,
}

/// The uses of every resource within a range of time.
pub(super) struct Taken {
    stretches: Vec<Stretch>,
    /// For each resource, the first stretch that may still matter, and the end of its stretches.
    lines: Vec<(usize, usize)>,
    /// Meetings that an unused supervisor bears at once.
    ratio: i64,
}

impl Taken {
    /// Takes in the busy rows of these resources (sorted) that touch the range.
    ///
    /// O(n log n) for n rows in any order, times the number that overlap at once on one resource,
    /// which the store keeps to the supervision ratio. Rows that come by resource and start are
    /// quickest.
    pub(super) fn new(
        resources: &[ResourceId],
        busy: &[Busy],
        ratio: i64,
        range: Interval,
    ) -> Self {
        let mut uses = Vec::with_capacity(busy.len());
        let mut last = 0;
        for row in busy {
            let span = Interval::between(row.from, row.until);
            if !span.overlaps(range) {
                continue;
            }
            if resources.get(last) != Some(&row.resource) {
                let Ok(place) = resources.binary_search(&row.resource) else {
                    continue;
                };
                last = place;
            }
            uses.push(Use {
                resource: last,
                span,
                at_once: row.at_once,
            });
        }
        uses.sort_unstable_by_key(|u| (u.resource, u.span.from));

        let mut taken = Self {
            stretches: Vec::with_capacity(uses.len()),
            lines: Vec::with_capacity(resources.len()),
            ratio,
        };
        let mut rest = uses.as_slice();
        for resource in 0..resources.len() {
            let (own, others) = rest.split_at(rest.partition_point(|u| u.resource == resource));
            let first = taken.stretches.len();
            taken.line_up(own);
            taken.lines.push((first, taken.stretches.len()));
            rest = others;
        }
        taken
    }

    /// Adds the stretches of one resource, whose uses come in order of time.
    fn line_up(&mut self, uses: &[Use]) {
        let mut waiting = uses.iter().peekable();
        let mut under_way: Vec<&Use> = Vec::new();
        let mut at = i64::MIN;
        loop {
            under_way.retain(|u| u.span.until > at);
            if under_way.is_empty() {
                let Some(next) = waiting.peek() else { return };
                at = next.span.from;
            }
            while let Some(started) = waiting.next_if(|u| u.span.from <= at) {
                under_way.push(started);
            }
            let ends = under_way.iter().map(|u| u.span.until);
            let until = ends.chain(waiting.peek().map(|u| u.span.from)).min();
            let until = until.unwrap_or(at);
            let bears = under_way
                .iter()
                .map(|u| u.at_once)
                .fold(self.ratio, i64::min);
            let count = i64::try_from(under_way.len()).unwrap_or(i64::MAX);
            self.stretches.push(Stretch {
                span: Interval::new(at, until),
                spare: bears.saturating_sub(count),
            });
            at = until;
        }
    }

    /// What is left of a resource over a span. Spans have to be asked in order of their start.
    pub(super) fn left(&mut self, resource: usize, span: Interval) -> Left {
        let (next, end) = &mut self.lines[resource];
        while next < end && self.stretches[*next].span.until <= span.from {
            *next += 1;
        }
        let met = self.stretches[*next..*end]
            .iter()
            .take_while(|stretch| stretch.span.from < span.until);
        met.fold(
            Left {
                free: true,
                spare: self.ratio,
            },
            |left, stretch| Left {
                free: false,
                spare: left.spare.min(stretch.spare),
            },
        )
    }
}
