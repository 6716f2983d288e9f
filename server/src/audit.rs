//! The chain of seals over the audit log, so that a change of what was written shows.
//!
//! Lines are sealed in batches, after the transactions that wrote them: each seal is a keyed hash of the seal before and
//! of its lines. A line that commits late goes into a later batch, so nobody waits for anybody; whichever worker is first
//! seals, and there is never more than one chain. Without the installation's key nobody makes a seal that fits. What
//! this cannot show is a log that was cut off at its end together with its last seals: `doctor` prints the last seal, to
//! be compared with a note of it kept elsewhere.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::context::Context;
use crate::store::{Records, SealRow, SealedLine, StoreError, Stored};

/// Most lines under one seal.
const BATCH: i64 = 500;
/// Makes workers take turns.
const TURN: i64 = 0x0073_6561_6c73;
/// What the hash is made for.
const PURPOSE: &str = "audit-seal";

/// What a look at the chain has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Every seal fits.
    Whole {
        /// How many seals there are.
        seals: usize,
        /// Lines that wait for the next.
        waiting: i64,
        /// The last seal, in hex; empty if there is none.
        last: String,
    },
    /// The first thing that does not fit.
    Broken(Break),
}

/// Where the chain breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// A seal is missing before this one.
    Missing(i64),
    /// The lines under this seal, which was made at this instant, are not those that were sealed.
    Lines {
        /// The seal.
        number: i64,
        /// When it was made.
        at: DateTime<Utc>,
        /// How many lines it covers.
        sealed: i64,
        /// How many are there.
        found: usize,
    },
    /// Lines that are outside the chain.
    Stray(i64),
}

impl std::fmt::Display for Break {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(number) => write!(f, "the seal before number {number} is missing"),
            Self::Lines {
                number,
                at,
                sealed,
                found,
            } => write!(
                f,
                "seal {number} of {} does not fit: a line was changed, added or removed ({sealed} were sealed, {found} are there)",
                crate::domain::time::rfc3339(*at)
            ),
            Self::Stray(count) => write!(f, "{count} lines are outside the chain"),
        }
    }
}

/// Seals what was written since the last seal: how many lines.
pub async fn seal(context: &Context) -> Stored<usize> {
    let mut sealed = 0;
    loop {
        let batch = seal_batch(context).await?;
        sealed += batch;
        if i64::try_from(batch).is_ok_and(|batch| batch < BATCH) {
            return Ok(sealed);
        }
    }
}

async fn seal_batch(context: &Context) -> Stored<usize> {
    // Looked at first, so that an idle installation writes nothing.
    if context.store.read().await?.waiting_lines().await? == 0 {
        return Ok(0);
    }
    let mut tx = context.store.write().await?;
    tx.take_turns(&[TURN]).await?;
    let lines = tx.unsealed_lines(BATCH).await?;
    if lines.is_empty() {
        return Ok(0);
    }
    let before = tx.last_seal().await?;
    let number = before.as_ref().map_or(1, |before| before.number + 1);
    let previous = before.map(|before| before.hash).unwrap_or_default();
    let row = SealRow {
        number,
        rows: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        hash: hash(context, number, &previous, &lines)?,
        sealed_at: context.now().timestamp(),
    };
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    tx.put_seal(&row, &ids).await?;
    tx.commit().await?;
    Ok(lines.len())
}

/// Looks at the whole chain. Changes nothing.
pub async fn verify(context: &Context) -> Stored<Chain> {
    let mut tx = context.store.read().await?;
    let seals = tx.seals().await?;
    let mut previous = Vec::new();
    for (expected, seal) in (1..).zip(&seals) {
        if let Some(found) = look(&mut *tx, context, expected, &previous, seal).await? {
            return Ok(Chain::Broken(found));
        }
        previous.clone_from(&seal.hash);
    }
    let stray = tx.stray_lines().await?;
    if stray > 0 {
        return Ok(Chain::Broken(Break::Stray(stray)));
    }
    Ok(Chain::Whole {
        seals: seals.len(),
        waiting: tx.waiting_lines().await?,
        last: hex(&previous),
    })
}

async fn look(
    tx: &mut dyn Records,
    context: &Context,
    expected: i64,
    previous: &[u8],
    seal: &SealRow,
) -> Stored<Option<Break>> {
    if seal.number != expected {
        return Ok(Some(Break::Missing(seal.number)));
    }
    let lines = tx.sealed_lines(seal.number).await?;
    if hash(context, seal.number, previous, &lines)? == seal.hash {
        return Ok(None);
    }
    let at = DateTime::from_timestamp(seal.sealed_at, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {}", seal.sealed_at)))?;
    Ok(Some(Break::Lines {
        number: seal.number,
        at,
        sealed: seal.rows,
        found: lines.len(),
    }))
}

fn hash(context: &Context, number: i64, previous: &[u8], lines: &[SealedLine]) -> Stored<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = vec![number.to_be_bytes().to_vec(), previous.to_vec()];
    for line in lines {
        let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        // Nothing and an empty text are not the same.
        let clinic = line.clinic_id.as_ref();
        parts.extend([
            id(Some(line.id)),
            line.at.to_be_bytes().to_vec(),
            line.actor_kind.clone().into_bytes(),
            id(line.actor_id),
            line.action.clone().into_bytes(),
            line.subject_kind.clone().into_bytes(),
            id(Some(line.subject_id)),
            clinic.map_or_else(Vec::new, |clinic| format!("={clinic}").into_bytes()),
            line.detail.clone().into_bytes(),
        ]);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(context.code(PURPOSE, &parts)?.to_vec())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AuditRow;
    use crate::testing::TestClinic;

    async fn write(test: &TestClinic, count: usize) {
        let mut tx = test.context.store.write().await.unwrap();
        for number in 0..count {
            let line = AuditRow {
                id: test.context.id(),
                at: test.context.now().timestamp(),
                actor_kind: "staff",
                actor_id: (number % 2 == 0).then(|| test.context.id()),
                action: "read".into(),
                subject_kind: "appointment",
                subject_id: test.context.id(),
                clinic_id: (number % 3 == 0).then(|| "law".into()),
                detail: String::new(),
            };
            tx.put_audit(&line).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn broken(test: &TestClinic) -> Break {
        match verify(&test.context).await.unwrap() {
            Chain::Broken(found) => found,
            whole @ Chain::Whole { .. } => panic!("{whole:?}"),
        }
    }

    #[tokio::test]
    async fn what_was_written_is_sealed_once_and_the_chain_fits() {
        for test in TestClinic::all().await {
            let seals = |seals, waiting| {
                let found = verify(&test.context);
                async move {
                    let Chain::Whole {
                        seals: s,
                        waiting: w,
                        last,
                    } = found.await.unwrap()
                    else {
                        panic!("broken");
                    };
                    assert_eq!(
                        (s, w, last.len()),
                        (seals, waiting, if s == 0 { 0 } else { 64 })
                    );
                }
            };
            seals(0, 0).await;
            write(&test, 3).await;
            seals(0, 3).await;
            assert_eq!(seal(&test.context).await.unwrap(), 3);
            assert_eq!(seal(&test.context).await.unwrap(), 0);
            write(&test, 1001).await;
            assert_eq!(seal(&test.context).await.unwrap(), 1001);
            seals(4, 0).await;
        }
    }

    #[tokio::test]
    async fn a_changed_line_shows_and_where() {
        for test in TestClinic::all().await {
            for _ in 0..3 {
                write(&test, 2).await;
                seal(&test.context).await.unwrap();
            }
            for (drop, put) in [(
                "DROP TRIGGER audit_append_only",
                "UPDATE audit SET action = 'other' WHERE id IN (SELECT min_id FROM (SELECT audit_id AS min_id FROM audit_sealed WHERE seal = 2 LIMIT 1) one)",
            )] {
                if test.url.starts_with("sqlite:") {
                    test.change(drop).await;
                } else {
                    test.change("DROP TRIGGER audit_append_only ON audit").await;
                }
                test.change(put).await;
            }
            let found = broken(&test).await;
            assert!(
                matches!(
                    found,
                    Break::Lines {
                        number: 2,
                        sealed: 2,
                        found: 2,
                        ..
                    }
                ),
                "{found:?}"
            );
        }
    }

    #[tokio::test]
    async fn a_removed_line_and_a_removed_seal_show() {
        let test = TestClinic::sqlite().await;
        for _ in 0..3 {
            write(&test, 2).await;
            seal(&test.context).await.unwrap();
        }
        test.change("DROP TRIGGER audit_never_deleted").await;
        test.change("DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_sealed WHERE seal = 3 LIMIT 1)")
            .await;
        let found = broken(&test).await;
        assert!(matches!(
            found,
            Break::Lines {
                number: 3,
                sealed: 2,
                found: 1,
                ..
            }
        ));
        test.change("DROP TRIGGER audit_seals_never_deleted").await;
        test.change("PRAGMA foreign_keys = OFF; DELETE FROM audit_seals WHERE number = 2")
            .await;
        assert_eq!(broken(&test).await, Break::Missing(3));
    }

    #[tokio::test]
    async fn a_line_slipped_in_beside_the_chain_shows() {
        let test = TestClinic::sqlite().await;
        write(&test, 2).await;
        seal(&test.context).await.unwrap();
        write(&test, 1).await;
        test.change("DELETE FROM audit_unsealed").await;
        assert_eq!(broken(&test).await, Break::Stray(1));
    }

    #[tokio::test]
    async fn another_key_makes_no_seal_that_fits() {
        let test = TestClinic::sqlite().await;
        write(&test, 2).await;
        seal(&test.context).await.unwrap();
        let key = crate::auth::key::SecretKey::from_random([8; 32]);
        let vault = crate::auth::vault::Vault::new(key);
        let other = test.context.clone().with_vault(vault);
        assert!(matches!(
            verify(&other).await.unwrap(),
            Chain::Broken(Break::Lines { number: 1, .. })
        ));
    }

    #[tokio::test]
    async fn several_workers_make_one_chain() {
        for test in TestClinic::all().await {
            write(&test, 40).await;
            let mut all = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let context = test.context.clone();
                all.spawn(async move { seal(&context).await });
            }
            let mut sealed = 0;
            while let Some(one) = all.join_next().await {
                sealed += one.unwrap().unwrap();
            }
            assert_eq!(sealed, 40);
            assert!(matches!(
                verify(&test.context).await.unwrap(),
                Chain::Whole {
                    seals: 1,
                    waiting: 0,
                    ..
                }
            ));
        }
    }

    #[tokio::test]
    async fn the_log_is_append_only_on_both_engines() {
        for test in TestClinic::all().await {
            write(&test, 1).await;
            seal(&test.context).await.unwrap();
            for sql in [
                "UPDATE audit SET detail = 'x'",
                "DELETE FROM audit",
                "UPDATE audit_seals SET sealed_at = 0",
                "DELETE FROM audit_sealed",
            ] {
                assert!(!test.try_change(sql).await, "{sql}");
            }
        }
    }
}
