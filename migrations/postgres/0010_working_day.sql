-- The working day: what happens at the desk, what came of a meeting, and the counts that reports are made of.
--
-- What came of a meeting stands apart from the booking, so that the calendar can be read without it.

-- What the desk knows of one appointment beside its state.
CREATE TABLE visits (
    appointment_id UUID PRIMARY KEY REFERENCES appointments (id),
    -- So many minutes late, by the client's own word.
    late_minutes BIGINT CHECK (late_minutes BETWEEN 1 AND 240),
    arrived_at BIGINT,
    started_at BIGINT,
    ended_at BIGINT,
    left_early BOOLEAN NOT NULL DEFAULT FALSE,
    -- Came without an appointment. The booking itself says "phone": typed by staff for the client.
    walk_in BOOLEAN NOT NULL DEFAULT FALSE,
    -- The meeting after which staff booked this one.
    follows UUID REFERENCES appointments (id)
);

-- What meetings are about, a list for each clinic. One that is no longer used keeps its row for what was counted under it.
CREATE TABLE issues (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    UNIQUE (clinic_id, name)
);

-- What came of a meeting. Minutes are those of all students and of all supervisors together; confidence is the client's
-- own word, from 1 (not at all) to 5 (very).
CREATE TABLE outcomes (
    appointment_id UUID PRIMARY KEY REFERENCES appointments (id),
    result TEXT NOT NULL CHECK (result IN ('advised', 'follow_up', 'signposted', 'referred')),
    -- Null for something that is not on the list.
    issue_id UUID REFERENCES issues (id),
    student_minutes BIGINT NOT NULL CHECK (student_minutes BETWEEN 0 AND 2400),
    supervisor_minutes BIGINT NOT NULL CHECK (supervisor_minutes BETWEEN 0 AND 2400),
    confidence_before BIGINT CHECK (confidence_before BETWEEN 1 AND 5),
    confidence_after BIGINT CHECK (confidence_after BETWEEN 1 AND 5),
    recorded_by UUID NOT NULL REFERENCES staff (id),
    recorded_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);

-- Forms that ended with "get help now" or "not us": how many in a month, by the rule, and nothing of who or when.
CREATE TABLE ending_counts (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- YYYY-MM, local.
    month TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stop', 'out')),
    -- The rule whose page was shown.
    reason TEXT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (clinic_id, month, kind, reason)
);

ALTER TABLE calls DROP CONSTRAINT calls_kind_check;
ALTER TABLE calls ADD CONSTRAINT calls_kind_check CHECK (kind IN
    ('call_back', 'confirmation', 'cancellation', 'change', 'request_received', 'decision', 'undeliverable', 'missed'));
