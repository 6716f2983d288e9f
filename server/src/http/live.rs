//! Whether the desk has something new to show: the database's mark of the last change, read at most once in
//! `KEPT` by a process, however many pages ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::context::Context;
use crate::store::Stored;

/// How long a mark is passed on without a look at the database.
const KEPT: Duration = Duration::from_millis(250);

/// The last mark and when it was read.
#[derive(Debug, Clone, Default)]
pub struct Live(Arc<Mutex<Option<(Instant, String)>>>);

impl Live {
    /// The last mark that was read, however old, without a query; empty if none was. What is read from the database after
    /// this is never older than the mark.
    pub async fn known(&self) -> String {
        let last = self.0.lock().await;
        last.as_ref()
            .map(|(_, mark)| mark.clone())
            .unwrap_or_default()
    }

    /// The mark of now, or of a quarter of a second ago.
    ///
    /// # Errors
    /// The database's.
    pub async fn mark(&self, context: &Context) -> Stored<String> {
        let mut last = self.0.lock().await;
        if let Some((at, mark)) = last.as_ref()
            && at.elapsed() < KEPT
        {
            return Ok(mark.clone());
        }
        let mark = context.store.read().await?.change_mark().await?;
        *last = Some((Instant::now(), mark.clone()));
        Ok(mark)
    }
}
