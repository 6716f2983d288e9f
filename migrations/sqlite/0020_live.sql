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
