-- Decisions: what staff propose and decide about a case, what the client answers, and the time the client then picks.
--
-- A case has a revision, raised by every change, and a decision is made of one revision: of two people who decide at once,
-- one does. `terms` is JSON (domain::decision::Terms).

DROP VIEW request_details;
DROP VIEW call_details;

-- SQLite cannot change a CHECK: the tables are made again. Rows of `calls` and `outbox` point to `requests`, so the
-- foreign keys are looked at when everything is back in its place, at the end of the transaction.
PRAGMA defer_foreign_keys = ON;

CREATE TEMPORARY TABLE kept_requests AS SELECT * FROM requests;
DROP TABLE requests;
CREATE TABLE requests (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN
        ('in_review', 'waiting_for_client', 'accepted', 'offered', 'booked', 'declined', 'withdrawn')),
    client_id BLOB NOT NULL REFERENCES clients (id),
    intake_id BLOB NOT NULL REFERENCES intakes (id),
    priority TEXT CHECK (priority IN ('p1')),
    deadline TEXT,
    respond_by INTEGER NOT NULL,
    link_version INTEGER NOT NULL DEFAULT 1,
    source TEXT NOT NULL CHECK (source IN ('web', 'api', 'phone', 'sample')),
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    assigned_to BLOB REFERENCES staff (id),
    appointment_id BLOB REFERENCES appointments (id)
);
INSERT INTO requests (id, clinic_id, reference, state, client_id, intake_id, priority, deadline, respond_by, link_version,
    source, created_at)
SELECT id, clinic_id, reference, state, client_id, intake_id, priority, deadline, respond_by, link_version, source, created_at
FROM kept_requests;
DROP TABLE kept_requests;
CREATE INDEX requests_open ON requests (clinic_id, respond_by) WHERE state = 'in_review';

CREATE TEMPORARY TABLE kept_calls AS SELECT * FROM calls;
DROP TABLE calls;
CREATE TABLE calls (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN
        ('call_back', 'confirmation', 'cancellation', 'change', 'request_received', 'decision', 'undeliverable')),
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

-- What somebody proposed or decided about a case at one of its revisions, and why. A question to the client has their
-- answer beside it.
CREATE TABLE request_decisions (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL REFERENCES requests (id),
    revision INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('proposed', 'decided')),
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'offer', 'ask', 'decline')),
    terms TEXT NOT NULL,
    reason TEXT NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    answer TEXT,
    answered_at INTEGER,
    created_at INTEGER NOT NULL
);
CREATE INDEX request_decisions_by_request ON request_decisions (request_id, revision);
CREATE UNIQUE INDEX request_decided_once ON request_decisions (request_id, revision) WHERE stage = 'decided';

-- A request with all that the queue and its own page say of it.
CREATE VIEW request_details AS
SELECT r.id, r.clinic_id, r.reference, r.state, r.priority, r.deadline, r.respond_by, r.link_version, r.source, r.created_at,
       r.client_id, r.intake_id, r.revision, r.assigned_to, r.appointment_id,
       c.name AS clinic_name, s.name AS assigned_name,
       p.name AS client_name, p.email, p.phone, p.safe_to_email, p.safe_to_call, p.call_window, p.leave_message,
       p.postcode_area, p.language, p.interpreter, p.access, p.organisation,
       i.stop_shown, i.pack_version, i.answers, i.assessment,
       -- Somebody has written a proposal about the case as it stands.
       EXISTS (SELECT 1 FROM request_decisions d
               WHERE d.request_id = r.id AND d.revision = r.revision AND d.stage = 'proposed') AS prepared
FROM requests r
JOIN clinics c ON c.id = r.clinic_id
JOIN clients p ON p.id = r.client_id
JOIN intakes i ON i.id = r.intake_id
LEFT JOIN staff s ON s.id = r.assigned_to;

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
