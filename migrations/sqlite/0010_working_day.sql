-- The working day: what happens at the desk, what came of a meeting, and the counts that reports are made of.
--
-- What came of a meeting stands apart from the booking, so that the calendar can be read without it.

-- What the desk knows of one appointment beside its state.
CREATE TABLE visits (
    appointment_id BLOB PRIMARY KEY REFERENCES appointments (id),
    -- So many minutes late, by the client's own word.
    late_minutes INTEGER CHECK (late_minutes BETWEEN 1 AND 240),
    arrived_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    left_early BOOLEAN NOT NULL DEFAULT FALSE,
    -- Came without an appointment. The booking itself says "phone": typed by staff for the client.
    walk_in BOOLEAN NOT NULL DEFAULT FALSE,
    -- The meeting after which staff booked this one.
    follows BLOB REFERENCES appointments (id)
);

-- What meetings are about, a list for each clinic. One that is no longer used keeps its row for what was counted under it.
CREATE TABLE issues (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    UNIQUE (clinic_id, name)
);

-- What came of a meeting. Minutes are those of all students and of all supervisors together; confidence is the client's
-- own word, from 1 (not at all) to 5 (very).
CREATE TABLE outcomes (
    appointment_id BLOB PRIMARY KEY REFERENCES appointments (id),
    result TEXT NOT NULL CHECK (result IN ('advised', 'follow_up', 'signposted', 'referred')),
    -- Null for something that is not on the list.
    issue_id BLOB REFERENCES issues (id),
    student_minutes INTEGER NOT NULL CHECK (student_minutes BETWEEN 0 AND 2400),
    supervisor_minutes INTEGER NOT NULL CHECK (supervisor_minutes BETWEEN 0 AND 2400),
    confidence_before INTEGER CHECK (confidence_before BETWEEN 1 AND 5),
    confidence_after INTEGER CHECK (confidence_after BETWEEN 1 AND 5),
    recorded_by BLOB NOT NULL REFERENCES staff (id),
    recorded_at INTEGER NOT NULL,
    revision INTEGER NOT NULL
);

-- Forms that ended with "get help now" or "not us": how many in a month, by the rule, and nothing of who or when.
CREATE TABLE ending_counts (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- YYYY-MM, local.
    month TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stop', 'out')),
    -- The rule whose page was shown.
    reason TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (clinic_id, month, kind, reason)
);

-- SQLite cannot change a CHECK: the calls are made again, with one more kind.
DROP VIEW call_details;
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE kept_calls AS SELECT * FROM calls;
DROP TABLE calls;
CREATE TABLE calls (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN
        ('call_back', 'confirmation', 'cancellation', 'change', 'request_received', 'decision', 'undeliverable', 'missed')),
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

-- A call to make, with the name and number to ring, whoever they were given by.
CREATE VIEW call_details AS
SELECT k.id, k.clinic_id, k.reference, k.kind, k.state, k.urgent, k.created_at, k.appointment_id, k.request_id,
       c.name AS clinic_name, r.reference AS request_reference,
       coalesce(k.name, p.name, q.name) AS name,
       coalesce(k.phone, p.phone, q.phone) AS phone,
       coalesce(k.call_window, p.call_window, q.call_window) AS call_window,
       coalesce(k.leave_message, p.leave_message, q.leave_message) AS leave_message
FROM calls k
JOIN clinics c ON c.id = k.clinic_id
LEFT JOIN appointments a ON a.id = k.appointment_id
LEFT JOIN clients p ON p.id = a.client_id
LEFT JOIN requests r ON r.id = k.request_id
LEFT JOIN clients q ON q.id = r.client_id;
