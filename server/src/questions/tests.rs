//! Question sets in the database, on both engines: what a release brings, two editors, publishing, past results.

mod edits;
mod publishing;
mod releases;
mod replays;
mod softer;

use app::view::questions::EditBase;
use uuid::Uuid;

use super::*;
use crate::packs::{InForce, Source, ship};
use crate::store::StaffRow;
use crate::testing::TestClinic;

/// A database with the question sets of this release and two clinic leads.
struct Desk {
    test: TestClinic,
    in_force: InForce,
    ada: Uuid,
    bo: Uuid,
}

impl Desk {
    async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for test in TestClinic::all().await {
            all.push(Self::on(test).await);
        }
        all
    }

    async fn on(test: TestClinic) -> Self {
        ship(&test.context).await.unwrap();
        let ada = lead(&test, "ada").await;
        let bo = lead(&test, "bo").await;
        let in_force = InForce::shipped().unwrap();
        in_force.reload(&test.context).await.unwrap();
        Self {
            test,
            in_force,
            ada,
            bo,
        }
    }

    async fn open(&self, set: &Set) -> Opened {
        open(&self.test.context, set).await.unwrap().unwrap()
    }

    async fn save(&self, set: &Set, base: EditBase, text: &str) -> bool {
        save(&self.test.context, set, self.ada, base, text)
            .await
            .unwrap()
    }

    /// Saves and publishes a text as Ada.
    async fn publish(&self, set: &Set, text: &str) -> Result<i64, NotPublished> {
        let base = self.open(set).await.base();
        assert!(self.save(set, base, text).await);
        let base = self.open(set).await.base();
        let done = ("Clearer words", true);
        publish(
            &self.test.context,
            &self.in_force,
            set,
            self.ada,
            base,
            done,
        )
        .await
    }
}

async fn lead(test: &TestClinic, name: &str) -> Uuid {
    let id = test.context.id();
    let mut tx = test.context.store.write().await.unwrap();
    tx.put_staff(&StaffRow {
        id,
        email: format!("{name}@sample.invalid"),
        name: format!("{name} Sample"),
        password: None,
        resource_id: None,
        active: true,
        created_at: 0,
    })
    .await
    .unwrap();
    // What all share, a supervisor of any clinic may publish; and a clinic's own, its supervisor.
    tx.put_role(id, "supervisor", "sports").await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn sports() -> Set {
    Set::Clinic("sports".into())
}

/// A text with one thing replaced, which has to be there.
fn with_other(text: &str, one: &str, other: &str) -> String {
    assert!(text.contains(one), "{one}");
    text.replacen(one, other, 1)
}

const AGE: &str = "How old is the person?";
const AGE_TOO: &str = "How old are they?";
