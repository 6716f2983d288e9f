-- What each worker did last, so that whoever looks can see whether the work that nobody waits for is done.
CREATE TABLE rounds (
    worker BLOB NOT NULL,
    activation TEXT NOT NULL,
    ended_at INTEGER NOT NULL,
    -- Rounds that failed one after another up to then.
    failing INTEGER NOT NULL,
    PRIMARY KEY (worker, activation)
);
