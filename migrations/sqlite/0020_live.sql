-- Today's page, the requests and the checks show by themselves what others change, as the calendar does.
CREATE TRIGGER requests_changed_new AFTER INSERT ON requests
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER requests_changed AFTER UPDATE ON requests
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER calls_changed_new AFTER INSERT ON calls
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER calls_changed AFTER UPDATE ON calls
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER waiting_changed_new AFTER INSERT ON waiting
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER waiting_changed AFTER UPDATE ON waiting
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER offers_changed_new AFTER INSERT ON offers
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER offers_changed AFTER UPDATE ON offers
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER visits_changed_new AFTER INSERT ON visits
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER visits_changed AFTER UPDATE ON visits
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER conflict_cases_changed_new AFTER INSERT ON conflict_cases
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER conflict_cases_changed AFTER UPDATE ON conflict_cases
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;

-- Somebody rang and nobody answered: the call stays open.
ALTER TABLE calls ADD COLUMN tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0);
ALTER TABLE calls ADD COLUMN tried_at INTEGER;

-- One more reason to be passed over.
CREATE TABLE kept_skips AS SELECT * FROM waiting_skips;
DROP TABLE waiting_skips;
CREATE TABLE waiting_skips (
    offer_id BLOB NOT NULL REFERENCES offers (id),
    waiting_id BLOB NOT NULL REFERENCES waiting (id),
    reason TEXT NOT NULL CHECK (reason IN
        ('other_times', 'does_not_fit', 'too_late', 'has_offer', 'refused', 'unavailable', 'cannot_be_told', 'out_of_turn')),
    PRIMARY KEY (offer_id, waiting_id)
);
INSERT INTO waiting_skips (offer_id, waiting_id, reason) SELECT offer_id, waiting_id, reason FROM kept_skips;
DROP TABLE kept_skips;
CREATE INDEX waiting_skips_by_person ON waiting_skips (waiting_id);

-- The list of people says to whom our mail did not arrive.
CREATE INDEX outbox_by_staff ON outbox (staff_id) WHERE staff_id IS NOT NULL;
