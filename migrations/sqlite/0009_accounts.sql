-- Accounts that end, second factors, slowed guessing, personal calendar feeds, and a sealed audit log.

-- The last local date on which the role is held; null for no end.
ALTER TABLE staff_roles ADD COLUMN access_until TEXT;

-- When the session was last used and when its holder last proved who they are (a password or a code). A session that
-- waits for the second factor opens nothing but the page that asks for it.
ALTER TABLE staff_sessions ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff_sessions ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff_sessions ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE staff_sessions SET last_seen_at = created_at, proved_at = created_at;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

-- The secret of a one-time code (RFC 6238), sealed. No step is accepted twice; not confirmed while being set up.
CREATE TABLE second_factors (
    staff_id BLOB PRIMARY KEY REFERENCES staff (id),
    secret TEXT NOT NULL,
    last_step INTEGER NOT NULL,
    confirmed_at INTEGER
);

-- Codes for whoever has lost their telephone: keyed hashes, each good once.
CREATE TABLE recovery_codes (
    staff_id BLOB NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (staff_id, code_hash)
);

-- Failed tries to sign in, by keyed hashes of account and address or device.
CREATE TABLE sign_in_tries (
    key BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
);
CREATE INDEX sign_in_tries_by_age ON sign_in_tries (last_at);

-- Browsers in which somebody has signed in before; strangers' guesses do not slow them.
CREATE TABLE known_devices (
    token_hash BLOB PRIMARY KEY,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    last_at INTEGER NOT NULL
);

-- One secret address a person for their own calendar.
CREATE TABLE calendar_feeds (
    staff_id BLOB PRIMARY KEY REFERENCES staff (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
);

-- What was written since the last seal, whichever process wrote it; rows leave when they are sealed.
CREATE TABLE audit_unsealed (
    audit_id BLOB PRIMARY KEY
);
INSERT INTO audit_unsealed (audit_id) SELECT id FROM audit;

-- Each seal is a keyed hash of the seal before and of its rows in the order of their ids.
CREATE TABLE audit_seals (
    number INTEGER PRIMARY KEY,
    rows INTEGER NOT NULL,
    hash BLOB NOT NULL,
    sealed_at INTEGER NOT NULL
);
CREATE TABLE audit_sealed (
    audit_id BLOB PRIMARY KEY,
    seal INTEGER NOT NULL REFERENCES audit_seals (number)
);
CREATE INDEX audit_sealed_by_seal ON audit_sealed (seal);
CREATE INDEX audit_by_clinic ON audit (clinic_id, at);
CREATE INDEX audit_by_time ON audit (at);

CREATE TRIGGER audit_to_seal AFTER INSERT ON audit
BEGIN
    INSERT INTO audit_unsealed (audit_id) VALUES (NEW.id);
END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'clinics: the audit log is append-only');
END;
CREATE TRIGGER audit_seals_never_changed BEFORE UPDATE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'clinics: the audit log is append-only');
END;
CREATE TRIGGER audit_seals_never_deleted BEFORE DELETE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'clinics: the audit log is append-only');
END;
CREATE TRIGGER audit_sealed_never_changed BEFORE UPDATE ON audit_sealed
BEGIN
    SELECT RAISE(ABORT, 'clinics: the audit log is append-only');
END;
CREATE TRIGGER audit_sealed_never_deleted BEFORE DELETE ON audit_sealed
BEGIN
    SELECT RAISE(ABORT, 'clinics: the audit log is append-only');
END;
