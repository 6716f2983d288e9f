//! What only the rows tell: whether the key is theirs, and whether somebody does the work.

use super::Found::{self, Note, Wrong};
use crate::auth::vault::Vault;
use crate::booking::conflict::opens;
use crate::config::Config;
use crate::context::Context;
use crate::store::Pulse;

/// A worker looks every 5 seconds, and a mail server that is out for a quarter of an hour is known to somebody.
const LATE: i64 = 15 * 60;

/// Two lines, or none where the rows cannot be read: that has a line of its own.
pub(super) async fn look(config: &Config, context: Context) -> Vec<(&'static str, Found)> {
    let now = context.now().timestamp();
    let read = async {
        let mut tx = context.store.read().await?;
        Ok::<_, crate::store::StoreError>((tx.pulse(now).await?, tx.any_sealed().await?))
    };
    let Ok((pulse, sealed)) = read.await else {
        return Vec::new();
    };
    let mut findings = vec![("work", work(&pulse, now))];
    if let Some(text) = sealed {
        findings.push(("secret key", right_key(config, context, &text)));
    }
    findings
}

/// A backup that is restored under another key looks well until somebody opens a check.
fn right_key(config: &Config, context: Context, text: &str) -> Found {
    // Never the moment to make one: rows that are sealed had a key.
    let made = config.secret.file().is_none_or(std::path::Path::exists);
    let right = made
        && config
            .secret
            .key([0; 32])
            .is_ok_and(|key| opens(&context.with_vault(Vault::new(key)), text));
    if right {
        Found::Ok("opens what is sealed in the database".to_owned())
    } else {
        Wrong("does not open what is sealed in the database; expected the key of the installation that sealed it".to_owned())
    }
}

fn work(pulse: &Pulse, now: i64) -> Found {
    let late = pulse.oldest_due.map_or(0, |due| now - due);
    let Pulse {
        queued,
        dead_letters,
        ..
    } = pulse;
    if late > LATE {
        return Wrong(format!(
            "a message has been due for {} min; expected a worker that delivers (`clinics serve` without --no-worker, or `clinics worker`) and a mail server that takes mail",
            late / 60
        ));
    }
    let text = format!("{queued} messages wait, {dead_letters} were given up");
    if *dead_letters > 0 {
        Note(text)
    } else {
        Found::Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::conflict::{Sealed, seal};
    use crate::domain::conflict::Side;
    use crate::store::IntakeRow;
    use crate::testing::TestClinic;

    fn config(test: &TestClinic, key: &str) -> Config {
        (*test.app_with(&[("SECRET_KEY", key)]).config).clone()
    }

    #[tokio::test]
    async fn a_key_that_does_not_open_what_is_sealed_is_wrong() {
        for test in TestClinic::all().await {
            let (own, other) = ("07".repeat(32), "08".repeat(32));
            test.clinic(crate::testing::ClinicSpec {
                id: "law",
                advisers: 0,
                supervisors: 0,
                ratio: 1,
                rooms: 0,
                services: vec![],
                shared: vec![],
            })
            .await;
            let config = |key: &str| config(&test, key);
            let nothing = look(&config(&other), test.context.clone()).await;
            assert_eq!(
                nothing.len(),
                1,
                "nothing sealed, nothing to say: {nothing:?}"
            );
            seal_a_name(&test).await;
            for (key, right) in [(&own, true), (&other, false)] {
                let found = look(&config(key), test.context.clone()).await;
                let (about, found) = &found[1];
                assert_eq!(*about, "secret key");
                assert_eq!(
                    matches!(found, Found::Ok(_)),
                    right,
                    "{found:?} on {}",
                    test.url
                );
            }
        }
    }

    /// An intake with a name in it that only the clinic may read.
    async fn seal_a_name(test: &TestClinic) {
        let context = &test.context;
        let sealed = Sealed {
            names: vec![(Side::OtherSide, "Zelda Sample".to_owned())],
            ..Sealed::default()
        };
        let mut tx = context.store.write().await.unwrap();
        tx.put_intake(&IntakeRow {
            id: context.id(),
            clinic_id: "law".into(),
            pack_version: "1".into(),
            answers: "{}".into(),
            assessment: "{}".into(),
            sealed: seal(context, &sealed).unwrap(),
            stop_shown: false,
            topic: String::new(),
            created_at: 0,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    #[test]
    fn mail_that_nobody_delivers_is_wrong_and_mail_that_was_given_up_is_told() {
        let due = |ago: i64, dead_letters| {
            let pulse = Pulse {
                queued: 1,
                oldest_due: Some(1_000_000 - ago),
                dead_letters,
                ..Pulse::default()
            };
            work(&pulse, 1_000_000)
        };
        assert!(matches!(due(10, 0), Found::Ok(_)));
        assert!(matches!(due(10, 2), Note(_)));
        assert!(matches!(due(LATE + 1, 0), Wrong(_)));
        assert!(matches!(work(&Pulse::default(), 0), Found::Ok(_)));
    }
}
