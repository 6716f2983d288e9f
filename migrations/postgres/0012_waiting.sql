-- The waiting list: who would come if a time came free, what was offered to them, and who was passed over and why.

CREATE TABLE waiting (
    id UUID PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    reference TEXT NOT NULL UNIQUE,
    client_id UUID NOT NULL REFERENCES clients (id),
    intake_id UUID NOT NULL REFERENCES intakes (id),
    -- What a time must have, from the answers (JSON).
    needs TEXT NOT NULL,
    -- The times that would do, as words with commas between them; empty means any.
    days TEXT NOT NULL,
    parts TEXT NOT NULL,
    modes TEXT NOT NULL,
    -- The last local date on which a meeting still helps.
    helps_until DATE,
    urgent BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'booked', 'left', 'ended')),
    link_version BIGINT NOT NULL DEFAULT 1,
    source TEXT NOT NULL CHECK (source IN ('web', 'api', 'phone', 'sample')),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX waiting_open ON waiting (clinic_id, service_id) WHERE state = 'waiting';

-- A time that is kept for somebody of the list: a hold like any other, with a later end.
CREATE TABLE offers (
    id UUID PRIMARY KEY,
    waiting_id UUID NOT NULL REFERENCES waiting (id),
    -- The held time; once it is accepted, the appointment.
    appointment_id UUID NOT NULL UNIQUE REFERENCES appointments (id),
    -- The first offer to somebody is 1.
    number BIGINT NOT NULL CHECK (number >= 1),
    starts_at BIGINT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('in_person', 'phone', 'video')),
    kept_until BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
    -- Whoever offered it out of turn, and why. The reason is for staff to read, so it is kept here and never in the audit log.
    staff_id UUID REFERENCES staff (id),
    reason TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    UNIQUE (waiting_id, number),
    CHECK (kept_until > created_at AND kept_until < starts_at),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((staff_id IS NULL) = (reason IS NULL))
);
-- Nobody is asked about two times at once.
CREATE UNIQUE INDEX offers_one_a_person ON offers (waiting_id) WHERE state = 'open';
CREATE INDEX offers_open ON offers (kept_until) WHERE state = 'open';

-- Who came before the one who was asked, and why they were not.
CREATE TABLE waiting_skips (
    offer_id UUID NOT NULL REFERENCES offers (id),
    waiting_id UUID NOT NULL REFERENCES waiting (id),
    reason TEXT NOT NULL CHECK (reason IN
        ('other_times', 'does_not_fit', 'too_late', 'has_offer', 'refused', 'cannot_be_told', 'out_of_turn')),
    PRIMARY KEY (offer_id, waiting_id)
);
CREATE INDEX waiting_skips_by_person ON waiting_skips (waiting_id);

-- Messages about a place on the list: `sequence` is the number of the offer, 0 before the first.
ALTER TABLE outbox ADD COLUMN waiting_id UUID REFERENCES waiting (id);
CREATE UNIQUE INDEX outbox_once_per_waiting ON outbox (kind, waiting_id, sequence, part) WHERE waiting_id IS NOT NULL;

CREATE VIEW waiting_details AS
SELECT w.*, c.name AS clinic_name, s.name AS service_name, s.neutral_label, s.minutes, p.name AS client_name, p.email, p.phone,
       p.safe_to_email, p.safe_to_call, p.call_window, p.leave_message
FROM waiting w
JOIN clinics c ON c.id = w.clinic_id
JOIN services s ON s.id = w.service_id
JOIN clients p ON p.id = w.client_id;

-- A call to somebody on the list.
ALTER TABLE calls ADD COLUMN waiting_id UUID REFERENCES waiting (id);
CREATE INDEX calls_by_waiting ON calls (waiting_id) WHERE state = 'open';
DROP VIEW call_details;
CREATE VIEW call_details AS
SELECT k.id, k.clinic_id, k.reference, k.kind, k.state, k.urgent, k.created_at, k.appointment_id, k.request_id,
       c.name AS clinic_name, r.reference AS request_reference, w.reference AS waiting_reference,
       coalesce(k.name, p.name, q.name, v.name) AS name,
       coalesce(k.phone, p.phone, q.phone, v.phone) AS phone,
       coalesce(k.call_window, p.call_window, q.call_window, v.call_window) AS call_window,
       coalesce(k.leave_message, p.leave_message, q.leave_message, v.leave_message) AS leave_message
FROM calls k
JOIN clinics c ON c.id = k.clinic_id
LEFT JOIN appointments a ON a.id = k.appointment_id
LEFT JOIN clients p ON p.id = a.client_id
LEFT JOIN requests r ON r.id = k.request_id
LEFT JOIN clients q ON q.id = r.client_id
LEFT JOIN waiting w ON w.id = k.waiting_id
LEFT JOIN clients v ON v.id = w.client_id;
