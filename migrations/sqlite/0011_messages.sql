-- Messages that nobody caused by a change: reminders, the note after a missed visit, the question how it was, a link that
-- was lost. And addresses that take no mail.

-- Days before the start on which a reminder is due, such as "5,1"; empty for none.
ALTER TABLE services ADD COLUMN reminder_days TEXT NOT NULL DEFAULT '5,1';

-- Which of several messages of one kind about one version of an appointment: the days before, for a reminder.
ALTER TABLE outbox ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_once_per_appointment;
DROP INDEX outbox_once_per_request;
CREATE UNIQUE INDEX outbox_once_per_appointment ON outbox (kind, appointment_id, sequence, part)
    WHERE appointment_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_once_per_request ON outbox (kind, request_id, sequence, part) WHERE request_id IS NOT NULL;

-- What was told, or has a call in its place: each once, however many workers there are and however often they look.
CREATE TABLE told_once (
    subject_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    part INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (subject_id, kind, sequence, part)
);

-- Addresses that mail came back from for good, as blind keys: no address can be read here.
CREATE TABLE dead_addresses (
    address TEXT PRIMARY KEY,
    -- RFC 3463, such as 5.1.1.
    status TEXT NOT NULL,
    at INTEGER NOT NULL
);

-- How it was. No row is a person, nothing is finer than a month, and no column leads to an appointment. WITHOUT ROWID and
-- with random ids, so that the order in which people answered is not kept either.
CREATE TABLE feedback (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- Local month, YYYY-MM.
    month TEXT NOT NULL CHECK (length(month) = 7),
    rating TEXT NOT NULL CHECK (rating IN ('very_good', 'good', 'neither', 'bad', 'very_bad')),
    words TEXT NOT NULL
) WITHOUT ROWID;

-- The kinds of call are the program's to check, and there are more of them now. SQLite cannot change a CHECK: the table is
-- made again, the view on it stays.
CREATE TEMPORARY TABLE kept_calls AS SELECT * FROM calls;
DROP TABLE calls;
CREATE TABLE calls (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    -- A call-back carries its own name and number, with consent; the others point to whom they concern.
    name TEXT,
    phone TEXT,
    call_window TEXT,
    leave_message BOOLEAN,
    appointment_id BLOB REFERENCES appointments (id),
    request_id BLOB REFERENCES requests (id),
    urgent BOOLEAN NOT NULL,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by BLOB
);
INSERT INTO calls (id, clinic_id, reference, kind, state, name, phone, call_window, leave_message, appointment_id, request_id,
    urgent, created_at, done_at, done_by)
SELECT id, clinic_id, reference, kind, state, name, phone, call_window, leave_message, appointment_id, request_id, urgent,
    created_at, done_at, done_by
FROM kept_calls;
DROP TABLE kept_calls;
CREATE INDEX calls_open ON calls (clinic_id, created_at) WHERE state = 'open';
CREATE INDEX calls_by_appointment ON calls (appointment_id) WHERE state = 'open';
