-- The conflict check (SRA Code of Conduct, 6.1 to 6.5): which clinics check, the checks, and the index of names.
--
-- No name stands here in clear. A name is sealed with the server's key, and found by keyed hashes of its sound, its
-- beginning, its end and its letters. Of a clinic that checks no conflicts only hashes of whole names are kept.

ALTER TABLE clinics ADD COLUMN conflict_check BOOLEAN NOT NULL DEFAULT FALSE;
-- A service that is held until staff clear it is held for this check.
UPDATE clinics SET conflict_check = TRUE WHERE id IN (SELECT clinic_id FROM services WHERE booking = 'held');

-- What nobody reads until the check is cleared, and the names given for it (sealed JSON).
ALTER TABLE intakes ADD COLUMN sealed TEXT;

-- The clinic cannot take it on; says nothing of why.
ALTER TABLE appointments ADD COLUMN turned_down_at INTEGER;

CREATE TABLE conflict_cases (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- The reference of the appointment or request that is checked.
    reference TEXT NOT NULL UNIQUE,
    appointment_id BLOB UNIQUE REFERENCES appointments (id),
    request_id BLOB UNIQUE REFERENCES requests (id),
    intake_id BLOB REFERENCES intakes (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'cleared', 'refused', 'withdrawn')),
    -- Only the clinic's lead decides: the university may be the other side, or the checker sent it there.
    lead_only BOOLEAN NOT NULL,
    -- How many names were like one of these when it came in, in this clinic and elsewhere.
    matches INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by BLOB,
    -- Why, in the words of whoever decided; sealed.
    reason TEXT,
    CHECK ((appointment_id IS NULL) <> (request_id IS NULL)),
    CHECK ((state IN ('cleared', 'refused')) = (decided_by IS NOT NULL))
);
CREATE INDEX conflict_cases_waiting ON conflict_cases (clinic_id, due_at) WHERE state = 'waiting';
CREATE INDEX conflict_cases_by_intake ON conflict_cases (intake_id);

CREATE TABLE conflict_parties (
    id BLOB PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- The check it was given for; null for a clinic that checks no conflicts.
    case_id BLOB REFERENCES conflict_cases (id),
    -- The appointment or request.
    matter_id BLOB NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('client', 'former', 'organisation', 'other_side')),
    -- Sealed; null for a clinic that checks no conflicts.
    name TEXT,
    created_at INTEGER NOT NULL,
    CHECK ((case_id IS NULL) = (name IS NULL))
);
CREATE INDEX conflict_parties_by_case ON conflict_parties (case_id);
CREATE INDEX conflict_parties_by_matter ON conflict_parties (matter_id);
CREATE INDEX conflict_parties_by_age ON conflict_parties (created_at);

CREATE TABLE conflict_keys (
    hash TEXT NOT NULL,
    party_id BLOB NOT NULL REFERENCES conflict_parties (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, party_id)
);
CREATE INDEX conflict_keys_by_party ON conflict_keys (party_id);
