//! The queries. Included once by each engine's module, against that engine's `dialect`; nothing in here may know which.

mod accounts;
mod audit_log;
mod bookings;
mod calendar;
mod clinics;
mod conflicts;
mod counts;
mod day;
mod equality;
mod facts;
mod intake;
mod messages;
mod nudges;
mod places;
mod post;
mod pulse;
mod question_sets;
mod requests;
mod retention;
mod setup;
mod staff;
mod waiting;

use std::collections::BTreeSet;

use async_trait::async_trait;
use sqlx::{Pool, Transaction};

use super::dialect::{
    BEGIN_READ, BEGIN_WRITE, CLOCK, Db, HAS_MIGRATIONS, MIGRATIONS, NAME, POOLS, VERSION,
};
use crate::store::{PoolUse, Records, Schema, Store, StoreError, Stored, translate};

/// The open database.
pub struct Engine {
    readers: Pool<Db>,
    writer: Pool<Db>,
}

impl Engine {
    pub fn new(readers: Pool<Db>, writer: Pool<Db>) -> Self {
        Self { readers, writer }
    }
}

/// One transaction on this engine.
pub struct Connection {
    tx: Transaction<'static, Db>,
}

#[async_trait]
impl Store for Engine {
    async fn read(&self) -> Stored<Box<dyn Records>> {
        let tx = self
            .readers
            .begin_with(BEGIN_READ)
            .await
            .map_err(translate)?;
        Ok(Box::new(Connection { tx }))
    }

    async fn write(&self) -> Stored<Box<dyn Records>> {
        let tx = self
            .writer
            .begin_with(BEGIN_WRITE)
            .await
            .map_err(translate)?;
        Ok(Box::new(Connection { tx }))
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn migrate(&self) -> Stored<()> {
        MIGRATIONS
            .run(&self.writer)
            .await
            .map_err(|error| StoreError::Other(format!("migrating: {error}")))
    }

    async fn engine(&self) -> Stored<String> {
        let version: String = sqlx::query_scalar(VERSION)
            .fetch_one(&self.readers)
            .await
            .map_err(translate)?;
        Ok(format!("{NAME} {version}"))
    }

    async fn schema(&self) -> Stored<Schema> {
        let known: BTreeSet<i64> = MIGRATIONS
            .iter()
            .map(|migration| migration.version)
            .collect();
        let has: i64 = sqlx::query_scalar(HAS_MIGRATIONS)
            .fetch_one(&self.readers)
            .await
            .map_err(translate)?;
        let applied: BTreeSet<i64> = if has == 0 {
            BTreeSet::new()
        } else {
            let versions: Vec<i64> =
                sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success")
                    .fetch_all(&self.readers)
                    .await
                    .map_err(translate)?;
            versions.into_iter().collect()
        };
        Ok(Schema {
            missing: known.difference(&applied).count(),
            unknown: applied.difference(&known).count(),
        })
    }

    async fn clock(&self) -> Stored<i64> {
        sqlx::query_scalar(CLOCK)
            .fetch_one(&self.readers)
            .await
            .map_err(translate)
    }

    fn pools(&self) -> Vec<PoolUse> {
        let pools = POOLS.iter().zip([&self.readers, &self.writer]);
        let used = |(name, pool): (&&'static str, &Pool<Db>)| PoolUse {
            name,
            open: pool.size(),
            idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
            most: pool.options().get_max_connections(),
        };
        pools.map(used).collect()
    }
}

#[async_trait]
impl Records for Connection {
    async fn commit(self: Box<Self>) -> Stored<()> {
        self.tx.commit().await.map_err(translate)
    }

    async fn save_point(&mut self) -> Stored<()> {
        self.execute("SAVEPOINT so_far").await
    }

    async fn back_to_save_point(&mut self) -> Stored<()> {
        self.execute("ROLLBACK TO SAVEPOINT so_far").await
    }
}

impl Connection {
    async fn execute(&mut self, statement: &'static str) -> Stored<()> {
        sqlx::query(statement)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }
}
