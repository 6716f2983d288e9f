-- Decisions: what staff propose and decide about a case, what the client answers, and the time the client then picks.
--
-- A case has a revision, raised by every change, and a decision is made of one revision: of two people who decide at once,
-- one does. `terms` is JSON (domain::decision::Terms).

DROP VIEW request_details;
DROP VIEW call_details;

ALTER TABLE requests DROP CONSTRAINT requests_state_check;
ALTER TABLE requests ADD CONSTRAINT requests_state_check CHECK (state IN
    ('in_review', 'waiting_for_client', 'accepted', 'offered', 'booked', 'declined', 'withdrawn'));
ALTER TABLE requests ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN assigned_to UUID REFERENCES staff (id);
ALTER TABLE requests ADD COLUMN appointment_id UUID REFERENCES appointments (id);

ALTER TABLE calls DROP CONSTRAINT calls_kind_check;
ALTER TABLE calls ADD CONSTRAINT calls_kind_check CHECK (kind IN
    ('call_back', 'confirmation', 'cancellation', 'change', 'request_received', 'decision', 'undeliverable'));

-- What somebody proposed or decided about a case at one of its revisions, and why. A question to the client has their
-- answer beside it.
CREATE TABLE request_decisions (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES requests (id),
    revision BIGINT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('proposed', 'decided')),
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'offer', 'ask', 'decline')),
    terms TEXT NOT NULL,
    reason TEXT NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    answer TEXT,
    answered_at BIGINT,
    created_at BIGINT NOT NULL
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
