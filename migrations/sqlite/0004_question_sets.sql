-- Question sets: every text that was ever shipped or published, which of them is in force, and the drafts of the next.
--
-- A file is `shared.toml`, `signposts.toml` or `<clinic>.toml`. A clinic's set is made of three texts: the shared one, the
-- signposts and its own. Results keep the digest of the three (intakes.pack_version).

-- Moves with every change of what is in force; also the lock that publishers take turns at. One row.
CREATE TABLE question_changes (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    counter INTEGER NOT NULL
);
INSERT INTO question_changes (one, counter) VALUES (1, 0);

-- Never updated, never deleted.
CREATE TABLE question_versions (
    id BLOB PRIMARY KEY,
    file TEXT NOT NULL,
    -- 1, 2, 3 ... in each file.
    number INTEGER NOT NULL CHECK (number >= 1),
    text TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    -- Null: came with a release of the program.
    published_by BLOB REFERENCES staff (id),
    note TEXT NOT NULL,
    UNIQUE (file, number)
);

CREATE TRIGGER question_versions_stay BEFORE UPDATE ON question_versions
BEGIN
    SELECT RAISE(ABORT, 'clinics: a published version never changes');
END;

-- The version in force of each file.
CREATE TABLE question_files (
    file TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    FOREIGN KEY (file, number) REFERENCES question_versions (file, number)
);

-- What a clinic's digest was made of, so that past results can be shown in the words that the person saw. The clinic's
-- row may not exist: files can come before clinics.
CREATE TABLE question_sets (
    clinic_id TEXT NOT NULL,
    version TEXT NOT NULL,
    own_number INTEGER NOT NULL,
    shared_number INTEGER NOT NULL,
    signposts_number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (clinic_id, version)
);

-- One draft a file. `revision` grows with each save, so that of two editors the second is told.
CREATE TABLE question_drafts (
    file TEXT PRIMARY KEY,
    -- The version in force when the draft was begun.
    based_on INTEGER NOT NULL,
    text TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    started_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by BLOB NOT NULL REFERENCES staff (id)
);

-- Replays read the last answers of a clinic.
CREATE INDEX intakes_to_replay ON intakes (clinic_id, created_at);
