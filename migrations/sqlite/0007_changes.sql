-- What the desk looks at to learn that something has changed: one row a change, written in the transaction of the change
-- by the triggers below. The newest number and how many rows there are together differ after every commit, in whatever
-- order transactions end; nobody waits for anybody to write a row. Old rows are pruned.
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    -- By the database's own clock.
    at INTEGER NOT NULL
);

CREATE TRIGGER appointments_changed_new AFTER INSERT ON appointments
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
-- That a hold lasts longer shows nowhere.
CREATE TRIGGER appointments_changed AFTER UPDATE ON appointments
WHEN NEW.state <> 'held' OR OLD.state <> NEW.state OR OLD.meeting_id <> NEW.meeting_id
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER allocations_changed AFTER UPDATE OF resource_id, part ON allocations
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER allocations_gone AFTER DELETE ON allocations
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER windows_changed_new AFTER INSERT ON windows
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER windows_changed AFTER UPDATE ON windows
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER windows_gone AFTER DELETE ON windows
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER window_staff_changed_new AFTER INSERT ON window_staff
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER window_staff_gone AFTER DELETE ON window_staff
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER calendar_dates_changed_new AFTER INSERT ON calendar_dates
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER calendar_dates_changed AFTER UPDATE ON calendar_dates
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;
CREATE TRIGGER calendar_dates_gone AFTER DELETE ON calendar_dates
BEGIN
    INSERT INTO changes (at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
END;

-- A calendar of several clinics asks by time alone.
CREATE INDEX meetings_by_start ON meetings (starts_at);

-- A rule of booking that a supervisor broke for an appointment, and why. The reason is theirs to read, so it is kept here
-- and never in the audit log.
CREATE TABLE overrides (
    id BLOB PRIMARY KEY,
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX overrides_by_appointment ON overrides (appointment_id, at);
