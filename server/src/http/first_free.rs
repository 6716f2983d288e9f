//! The next free day of each clinic, for the first page: worked out at most once a minute, so that a page that everybody
//! opens costs the same however many open it. Only ever a hint; nothing is booked by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use crate::booking::next_free;
use crate::context::Context;
use crate::domain::ids::ServiceId;
use crate::store::ServiceRow;

/// How long a hint is shown.
const KEPT: TimeDelta = TimeDelta::seconds(60);

type Start = Option<DateTime<Utc>>;

/// The hints, with the instant each was worked out.
#[derive(Debug, Clone, Default)]
pub struct FirstFree(Arc<Mutex<BTreeMap<String, Hint>>>);

/// When a hint was worked out, and what it is.
type Hint = (DateTime<Utc>, Start);

impl FirstFree {
    /// Works every hint out anew: a clinic's time was changed.
    pub async fn forget(&self) {
        self.0.lock().await.clear();
    }

    /// The first free start of each clinic that the services belong to. A clinic whose times cannot be read has none:
    /// nothing is ever said to be free that is not known to be.
    pub async fn read(
        &self,
        context: &Context,
        services: &[ServiceRow],
    ) -> BTreeMap<String, DateTime<Utc>> {
        let now = context.now();
        let mut hints = self.0.lock().await;
        let mut starts: BTreeMap<String, Start> = BTreeMap::new();
        for service in services
            .iter()
            .filter(|service| service.enabled && service.booking != "review")
        {
            // A clinic's first service stands for it: the one that new clients book.
            if starts.contains_key(&service.clinic_id) {
                continue;
            }
            let fresh = hints
                .get(&service.clinic_id)
                .filter(|(at, _)| now - *at < KEPT && *at <= now)
                .map(|hint| hint.1);
            let start = if let Some(start) = fresh {
                start
            } else {
                let start = next_free(context, &ServiceId(service.id.clone()))
                    .await
                    .unwrap_or_default();
                hints.insert(service.clinic_id.clone(), (now, start));
                start
            };
            starts.insert(service.clinic_id.clone(), start);
        }
        starts
            .into_iter()
            .filter_map(|(clinic, start)| Some((clinic, start?)))
            .collect()
    }
}
