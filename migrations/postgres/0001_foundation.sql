-- The foundation: clinics and their time, meetings and appointments, messages, staff, audit.
--
-- Instants are seconds since 1970-01-01T00:00:00Z (BIGINT), dates are local (Europe/London), times of day are
-- minutes after local midnight. The same numbers on both engines, so that one text of queries serves both.
-- Ids are made by the application (UUIDv7).

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE clinics (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    supervisor_ratio BIGINT NOT NULL CHECK (supervisor_ratio >= 1),
    -- What the public pages say about it (JSON: summary, what, who_for, price, place, ...).
    about TEXT NOT NULL
);

CREATE TABLE services (
    id TEXT PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    name TEXT NOT NULL,
    -- What messages call it; never gives away the clinic.
    neutral_label TEXT NOT NULL,
    price TEXT NOT NULL,
    position BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    booking TEXT NOT NULL CHECK (booking IN ('instant', 'held', 'review')),
    offered_to TEXT NOT NULL CHECK (offered_to IN ('new', 'returning', 'anyone')),
    modes TEXT NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes BETWEEN 5 AND 480),
    buffer_before BIGINT NOT NULL CHECK (buffer_before BETWEEN 0 AND 240),
    buffer_after BIGINT NOT NULL CHECK (buffer_after BETWEEN 0 AND 240),
    start_every BIGINT NOT NULL CHECK (start_every BETWEEN 5 AND 480),
    notice_minutes BIGINT NOT NULL CHECK (notice_minutes >= 0),
    horizon_days BIGINT NOT NULL CHECK (horizon_days BETWEEN 1 AND 400),
    capacity BIGINT NOT NULL CHECK (capacity >= 1),
    advisers_needed BIGINT NOT NULL CHECK (advisers_needed >= 1),
    daily_cap BIGINT,
    turnaround_days BIGINT NOT NULL CHECK (turnaround_days >= 0)
);

-- People and rooms: what a meeting needs for itself.
CREATE TABLE resources (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'room')),
    name TEXT NOT NULL,
    features TEXT NOT NULL DEFAULT '',
    active BOOLEAN NOT NULL DEFAULT TRUE
);

-- Which services a person may work on.
CREATE TABLE resource_services (
    resource_id UUID NOT NULL REFERENCES resources (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    PRIMARY KEY (resource_id, service_id)
);

-- Hours of work: weekly while in force, or on one date in place of the weekly ones.
CREATE TABLE windows (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
    from_date DATE NOT NULL,
    until_date DATE,
    start_minute BIGINT CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute BIGINT CHECK (end_minute BETWEEN 1 AND 1440),
    -- Weekly: weekday set. One date: weekday null and from_date = until_date; no hours means "not working".
    CHECK (weekday IS NOT NULL OR (until_date IS NOT NULL AND from_date = until_date)),
    CHECK (weekday IS NULL OR start_minute IS NOT NULL),
    CHECK ((start_minute IS NULL) = (end_minute IS NULL)),
    CHECK (start_minute IS NULL OR start_minute < end_minute)
);
CREATE INDEX windows_by_clinic ON windows (clinic_id);

CREATE TABLE window_staff (
    window_id UUID NOT NULL REFERENCES windows (id),
    resource_id UUID NOT NULL REFERENCES resources (id),
    part TEXT NOT NULL CHECK (part IN ('adviser', 'supervisor', 'room')),
    PRIMARY KEY (window_id, resource_id, part)
);

-- Dates on which a clinic is open (terms) and is not (closures); clinic null means all clinics.
CREATE TABLE calendar_dates (
    id UUID PRIMARY KEY,
    clinic_id TEXT REFERENCES clinics (id),
    kind TEXT NOT NULL CHECK (kind IN ('term', 'closure', 'bank_holiday')),
    from_date DATE NOT NULL,
    until_date DATE NOT NULL,
    title TEXT NOT NULL,
    CHECK (from_date <= until_date)
);
CREATE INDEX calendar_dates_by_clinic ON calendar_dates (clinic_id);

CREATE TABLE meetings (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    mode TEXT NOT NULL CHECK (mode IN ('in_person', 'phone', 'video')),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    capacity BIGINT NOT NULL CHECK (capacity >= 1),
    active BOOLEAN NOT NULL,
    CHECK (starts_at < ends_at)
);
CREATE INDEX meetings_by_service ON meetings (service_id, starts_at) WHERE active;
CREATE INDEX meetings_by_clinic ON meetings (clinic_id, starts_at);

-- What a meeting takes, buffers included.
CREATE TABLE allocations (
    id UUID PRIMARY KEY,
    meeting_id UUID NOT NULL REFERENCES meetings (id),
    resource_id UUID NOT NULL REFERENCES resources (id),
    part TEXT NOT NULL CHECK (part IN ('adviser', 'supervisor', 'room')),
    busy_from BIGINT NOT NULL,
    busy_until BIGINT NOT NULL,
    -- How many meetings at once this use bears: 1, or a supervisor's ratio.
    at_once BIGINT NOT NULL CHECK (at_once >= 1),
    active BOOLEAN NOT NULL,
    -- Set while the meeting has holds only: when the last of them ends.
    hold_until BIGINT,
    -- Staff booked over the rule, and why.
    override_reason TEXT,
    CHECK (busy_from < busy_until AND busy_until - busy_from <= 86400),
    CHECK (part = 'supervisor' OR at_once = 1),
    UNIQUE (meeting_id, resource_id),
    CONSTRAINT allocations_no_overlap EXCLUDE USING gist (resource_id WITH =, int8range(busy_from, busy_until) WITH &&)
        WHERE (active AND at_once = 1 AND override_reason IS NULL)
);
CREATE INDEX allocations_by_resource ON allocations (resource_id, busy_from) WHERE active;
CREATE INDEX allocations_by_meeting ON allocations (meeting_id);

-- Invariant 1, for supervisors and for people who both advise and supervise: at no instant more meetings at once than
-- the smallest `at_once` among them. The row lock makes two such inserts take turns.
CREATE FUNCTION allocation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.active OR NEW.override_reason IS NOT NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM resources WHERE id = NEW.resource_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1
        FROM (
            SELECT NEW.busy_from AS instant
            UNION
            SELECT a.busy_from FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > NEW.busy_from AND a.busy_from < NEW.busy_until
        ) p
        WHERE (
            SELECT count(*) + 1 > least(coalesce(min(a.at_once), NEW.at_once), NEW.at_once)
            FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > p.instant - 86400 AND a.busy_from <= p.instant AND a.busy_until > p.instant
        )
    ) THEN
        RAISE EXCEPTION 'clinics: resource over-committed' USING ERRCODE = '23P01';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocations_guard BEFORE INSERT OR UPDATE OF resource_id, busy_from, busy_until, at_once, active
    ON allocations FOR EACH ROW EXECUTE FUNCTION allocation_guard();

-- Contact details, given once for one appointment or request.
CREATE TABLE clients (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    safe_to_email BOOLEAN NOT NULL,
    safe_to_call BOOLEAN NOT NULL,
    call_window TEXT NOT NULL,
    leave_message BOOLEAN NOT NULL,
    postcode_area TEXT,
    no_fixed_home BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    interpreter BOOLEAN NOT NULL,
    access TEXT NOT NULL,
    organisation TEXT,
    created_at BIGINT NOT NULL
);

-- The answers a booking or request rests on, with the version of the questions they were given to.
CREATE TABLE intakes (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    pack_version TEXT NOT NULL,
    answers TEXT NOT NULL,
    assessment TEXT NOT NULL,
    -- A stop was shown before these answers; which one is not kept.
    stop_shown BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE appointments (
    id UUID PRIMARY KEY,
    meeting_id UUID NOT NULL REFERENCES meetings (id),
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN
        ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed', 'cancelled', 'expired')),
    client_id UUID REFERENCES clients (id),
    intake_id UUID REFERENCES intakes (id),
    hold_expires_at BIGINT,
    -- RFC 5545 SEQUENCE of the last calendar part; grows with every change that is told.
    sequence BIGINT NOT NULL DEFAULT 0,
    -- Raised to revoke the links sent so far.
    link_version BIGINT NOT NULL DEFAULT 1,
    source TEXT NOT NULL CHECK (source IN ('web', 'api', 'phone', 'sample')),
    -- When the client said "I'm coming".
    coming_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK (state IN ('held', 'expired', 'cancelled') OR client_id IS NOT NULL),
    CHECK (state <> 'held' OR hold_expires_at IS NOT NULL)
);
CREATE INDEX appointments_by_meeting ON appointments (meeting_id);
CREATE INDEX appointments_held ON appointments (hold_expires_at) WHERE state = 'held';

-- Invariant 2: an individual meeting has one appointment, a group meeting up to its capacity.
CREATE FUNCTION appointment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    places BIGINT;
BEGIN
    IF NEW.state IN ('cancelled', 'expired') THEN
        RETURN NEW;
    END IF;
    SELECT capacity INTO places FROM meetings WHERE id = NEW.meeting_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM appointments a
        WHERE a.meeting_id = NEW.meeting_id AND a.id <> NEW.id AND a.state NOT IN ('cancelled', 'expired')) >= places
    THEN
        RAISE EXCEPTION 'clinics: meeting full' USING ERRCODE = '23P01';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appointments_guard BEFORE INSERT OR UPDATE OF meeting_id, state
    ON appointments FOR EACH ROW EXECUTE FUNCTION appointment_guard();

-- Cases that a person has to look at first.
CREATE TABLE requests (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('in_review', 'accepted', 'declined', 'withdrawn')),
    client_id UUID NOT NULL REFERENCES clients (id),
    intake_id UUID NOT NULL REFERENCES intakes (id),
    priority TEXT CHECK (priority IN ('p1')),
    deadline DATE,
    respond_by BIGINT NOT NULL,
    link_version BIGINT NOT NULL DEFAULT 1,
    source TEXT NOT NULL CHECK (source IN ('web', 'api', 'phone', 'sample')),
    created_at BIGINT NOT NULL
);
CREATE INDEX requests_open ON requests (clinic_id, respond_by) WHERE state = 'in_review';

-- Telephone calls to make: asked for on a stop page, or because it is not safe to mail.
CREATE TABLE calls (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reference TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('call_back', 'confirmation', 'cancellation', 'change', 'request_received', 'undeliverable')),
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    -- A call-back carries its own name and number, with consent; the others point to whom they concern.
    name TEXT,
    phone TEXT,
    call_window TEXT,
    leave_message BOOLEAN,
    appointment_id UUID REFERENCES appointments (id),
    request_id UUID REFERENCES requests (id),
    urgent BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by UUID
);
CREATE INDEX calls_open ON calls (clinic_id, created_at) WHERE state = 'open';

-- Half-finished forms, sealed with the server's key; found by the hash of the visitor's cookie.
CREATE TABLE drafts (
    visitor BYTEA NOT NULL,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (visitor, clinic_id)
);
CREATE INDEX drafts_by_expiry ON drafts (expires_at);

-- Replies to requests that may be retried.
CREATE TABLE replies (
    key_hash BYTEA PRIMARY KEY,
    body_hash BYTEA NOT NULL,
    reply TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX replies_by_age ON replies (created_at);

-- Messages to send, written in the transaction of the change they tell of. The text is made when it is sent.
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    appointment_id UUID REFERENCES appointments (id),
    request_id UUID REFERENCES requests (id),
    staff_id UUID,
    sequence BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dropped', 'failed')),
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    lease_until BIGINT,
    -- Why it was dropped, or what the mail server said; never an address.
    reason TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'queued';
-- One message of a kind about one version of an appointment or request.
CREATE UNIQUE INDEX outbox_once_per_appointment ON outbox (kind, appointment_id, sequence) WHERE appointment_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_once_per_request ON outbox (kind, request_id, sequence) WHERE request_id IS NOT NULL;

-- Who did what, when, on which record: ids only, so that erasing a person never has to touch it. Append-only.
CREATE TABLE audit (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('client', 'staff', 'system')),
    actor_id UUID,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    clinic_id TEXT,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_by_subject ON audit (subject_id, at);

CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'clinics: the audit log is append-only' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_guard();

CREATE TABLE staff (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Argon2id, PHC string; null until the person has set one.
    password TEXT,
    -- The person as a resource in the calendar, if they see clients.
    resource_id UUID REFERENCES resources (id),
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff_roles (
    staff_id UUID NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL CHECK (role IN ('adviser', 'supervisor', 'manager', 'conflict_checker', 'administrator')),
    -- Empty for an administrator: all clinics.
    clinic_id TEXT NOT NULL,
    PRIMARY KEY (staff_id, role, clinic_id)
);

CREATE TABLE staff_sessions (
    token_hash BYTEA PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- One-time links by which a person sets a password.
CREATE TABLE staff_links (
    token_hash BYTEA PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

-- An appointment with all that pages and messages say of it.
CREATE VIEW appointment_details AS
SELECT a.id, a.meeting_id, a.clinic_id, a.service_id, a.reference, a.state, a.client_id, a.intake_id, a.hold_expires_at,
       a.sequence, a.link_version, a.source, a.coming_at, a.created_at, a.updated_at,
       m.mode, m.starts_at, m.ends_at, m.capacity,
       s.name AS service_name, s.neutral_label, s.booking, s.minutes,
       c.name AS clinic_name,
       p.name AS client_name, p.email, p.phone, p.safe_to_email, p.safe_to_call, p.call_window, p.leave_message,
       p.postcode_area, p.language, p.interpreter, p.access, p.organisation,
       i.stop_shown, i.pack_version, i.answers
FROM appointments a
JOIN meetings m ON m.id = a.meeting_id
JOIN services s ON s.id = a.service_id
JOIN clinics c ON c.id = a.clinic_id
LEFT JOIN clients p ON p.id = a.client_id
LEFT JOIN intakes i ON i.id = a.intake_id;

-- A request with all that the queue says of it.
CREATE VIEW request_details AS
SELECT r.id, r.clinic_id, r.reference, r.state, r.priority, r.deadline, r.respond_by, r.link_version, r.source, r.created_at,
       r.client_id, r.intake_id,
       c.name AS clinic_name,
       p.name AS client_name, p.email, p.phone, p.safe_to_email, p.safe_to_call, p.call_window, p.leave_message,
       i.stop_shown, i.pack_version, i.answers, i.assessment
FROM requests r
JOIN clinics c ON c.id = r.clinic_id
JOIN clients p ON p.id = r.client_id
JOIN intakes i ON i.id = r.intake_id;

-- A call to make, with the name and number to ring, whoever they were given by.
CREATE VIEW call_details AS
SELECT k.id, k.clinic_id, k.reference, k.kind, k.state, k.urgent, k.created_at, k.appointment_id, k.request_id,
       c.name AS clinic_name,
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
