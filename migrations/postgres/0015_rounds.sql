-- What each worker did last, so that whoever looks can see whether the work that nobody waits for is done.
CREATE TABLE rounds (
    worker UUID NOT NULL,
    activation TEXT NOT NULL,
    ended_at BIGINT NOT NULL,
    -- Rounds that failed one after another up to then.
    failing BIGINT NOT NULL,
    PRIMARY KEY (worker, activation)
);
