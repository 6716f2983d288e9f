-- How long what clients gave is kept: each clinic's own periods, and what was erased.
--
-- A row of somebody who was erased stays, without the person, so that no count of a report changes.

-- Whole years from the last contact. The longest of the usual periods, so that nothing goes too early before somebody has
-- looked at it.
ALTER TABLE clinics ADD COLUMN keep_years BIGINT NOT NULL DEFAULT 8 CHECK (keep_years BETWEEN 1 AND 30);
-- Days for which the words of an enquiry that came to nothing are kept.
ALTER TABLE clinics ADD COLUMN words_days BIGINT NOT NULL DEFAULT 30 CHECK (words_days BETWEEN 1 AND 3650);
-- Who checked the two, and the local date; empty for nobody yet.
ALTER TABLE clinics ADD COLUMN periods_checked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE clinics ADD COLUMN periods_checked_on DATE;
-- A law clinic's file: seven years.
UPDATE clinics SET keep_years = 7 WHERE conflict_check;

ALTER TABLE clients ADD COLUMN erased_at BIGINT;
ALTER TABLE intakes ADD COLUMN erased_at BIGINT;
CREATE INDEX clients_kept ON clients (created_at) WHERE erased_at IS NULL;
CREATE INDEX appointments_by_intake ON appointments (intake_id) WHERE intake_id IS NOT NULL;
CREATE INDEX appointments_turned_down ON appointments (turned_down_at) WHERE turned_down_at IS NOT NULL;
CREATE INDEX requests_by_client ON requests (client_id);
CREATE INDEX requests_by_intake ON requests (intake_id);
CREATE INDEX waiting_by_client ON waiting (client_id);
CREATE INDEX waiting_by_intake ON waiting (intake_id);
CREATE INDEX calls_of_appointment ON calls (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX calls_of_request ON calls (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX calls_of_waiting ON calls (waiting_id) WHERE waiting_id IS NOT NULL;

-- Rounds that erased something.
CREATE TABLE erasures (
    at BIGINT NOT NULL,
    people BIGINT NOT NULL,
    words BIGINT NOT NULL
);
CREATE INDEX erasures_by_time ON erasures (at);

-- When each client and each clinic last had to do with each other, and whether something of it is still open.
CREATE VIEW contacts AS
SELECT a.client_id, a.clinic_id, CASE WHEN a.updated_at > m.ends_at THEN a.updated_at ELSE m.ends_at END AS last_at,
    (a.state = 'requested') AS is_open
FROM appointments a JOIN meetings m ON m.id = a.meeting_id
UNION ALL
SELECT r.client_id, r.clinic_id, r.created_at, (r.state IN ('in_review', 'waiting_for_client', 'offered')) FROM requests r
UNION ALL
SELECT r.client_id, r.clinic_id, coalesce(d.answered_at, d.created_at), FALSE
FROM request_decisions d JOIN requests r ON r.id = d.request_id
UNION ALL
SELECT w.client_id, w.clinic_id, coalesce(w.ended_at, w.created_at), (w.state = 'waiting') FROM waiting w
UNION ALL
SELECT a.client_id, k.clinic_id, coalesce(k.done_at, k.created_at), (k.state = 'open')
FROM calls k JOIN appointments a ON a.id = k.appointment_id
UNION ALL
SELECT r.client_id, k.clinic_id, coalesce(k.done_at, k.created_at), (k.state = 'open')
FROM calls k JOIN requests r ON r.id = k.request_id
UNION ALL
SELECT w.client_id, k.clinic_id, coalesce(k.done_at, k.created_at), (k.state = 'open')
FROM calls k JOIN waiting w ON w.id = k.waiting_id
UNION ALL
SELECT a.client_id, k.clinic_id, coalesce(k.decided_at, k.created_at), (k.state = 'waiting')
FROM conflict_cases k JOIN appointments a ON a.id = k.appointment_id
UNION ALL
SELECT r.client_id, k.clinic_id, coalesce(k.decided_at, k.created_at), (k.state = 'waiting')
FROM conflict_cases k JOIN requests r ON r.id = k.request_id;
