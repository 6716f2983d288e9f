-- Messages that nobody caused by a change: reminders, the note after a missed visit, the question how it was, a link that
-- was lost. And addresses that take no mail.

-- Days before the start on which a reminder is due, such as "5,1"; empty for none.
ALTER TABLE services ADD COLUMN reminder_days TEXT NOT NULL DEFAULT '5,1';

-- Which of several messages of one kind about one version of an appointment: the days before, for a reminder.
ALTER TABLE outbox ADD COLUMN part BIGINT NOT NULL DEFAULT 0;
DROP INDEX outbox_once_per_appointment;
DROP INDEX outbox_once_per_request;
CREATE UNIQUE INDEX outbox_once_per_appointment ON outbox (kind, appointment_id, sequence, part)
    WHERE appointment_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_once_per_request ON outbox (kind, request_id, sequence, part) WHERE request_id IS NOT NULL;

-- What was told, or has a call in its place: each once, however many workers there are and however often they look.
CREATE TABLE told_once (
    subject_id UUID NOT NULL,
    kind TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    part BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (subject_id, kind, sequence, part)
);

-- Addresses that mail came back from for good, as blind keys: no address can be read here.
CREATE TABLE dead_addresses (
    address TEXT PRIMARY KEY,
    -- RFC 3463, such as 5.1.1.
    status TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- How it was. No row is a person, nothing is finer than a month, and no column leads to an appointment. Random ids, so that
-- they do not keep the order in which people answered.
CREATE TABLE feedback (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- Local month, YYYY-MM.
    month TEXT NOT NULL CHECK (length(month) = 7),
    rating TEXT NOT NULL CHECK (rating IN ('very_good', 'good', 'neither', 'bad', 'very_bad')),
    words TEXT NOT NULL
);

-- The kinds of call are the program's to check, and there are more of them now.
ALTER TABLE calls DROP CONSTRAINT calls_kind_check;
CREATE INDEX calls_by_appointment ON calls (appointment_id) WHERE state = 'open';
