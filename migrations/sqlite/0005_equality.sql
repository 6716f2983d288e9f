-- Answers to the questions about equality, as counters and nothing else: no row is a person, nothing is finer than a
-- month, and no column leads to a form, an appointment or a browser. WITHOUT ROWID, so that the order in which counters
-- were first needed is not kept either. Reports hide counts under five: in a quiet month one answer is one person.
CREATE TABLE equality_counts (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    -- Local month, YYYY-MM.
    month TEXT NOT NULL CHECK (length(month) = 7),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people > 0),
    PRIMARY KEY (clinic_id, month, question, answer)
) WITHOUT ROWID;
