-- Availability that staff edit: absences and blocks, who and what belongs to a clinic, and a revision on every row that
-- is edited by a form, so that of two people who change the same thing at once the second is told.

ALTER TABLE clinics ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE services ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE resources ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE windows ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE calendar_dates ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;

-- People and rooms on a clinic's list before they have a session or a skill there; those with one belong to it anyway.
CREATE TABLE clinic_resources (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    resource_id UUID NOT NULL REFERENCES resources (id),
    PRIMARY KEY (clinic_id, resource_id)
);

-- A piece of time, half open, in which somebody or something is not there; without a resource, the whole clinic. A person
-- or room is away from every clinic. The reason is a kind and never a word about anybody's health; only a block of a
-- room or clinic has a title.
CREATE TABLE absences (
    id UUID PRIMARY KEY,
    -- Whose list it is on, and who may change it.
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    resource_id UUID REFERENCES resources (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'study', 'training', 'other_work', 'away', 'repairs', 'in_use', 'event', 'closed')),
    title TEXT NOT NULL,
    revision BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    CHECK (from_at < until_at)
);
CREATE INDEX absences_by_resource ON absences (resource_id, until_at);
CREATE INDEX absences_by_clinic ON absences (clinic_id, until_at);

-- Nobody is given a meeting in a time in which they are away. Meetings that stand already stay: staff resolve them.
CREATE FUNCTION allocation_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.active OR NEW.override_reason IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM absences b
        WHERE b.from_at < NEW.busy_until AND b.until_at > NEW.busy_from
          AND (b.resource_id = NEW.resource_id OR (b.resource_id IS NULL
               AND b.clinic_id = (SELECT m.clinic_id FROM meetings m WHERE m.id = NEW.meeting_id)))
    ) THEN
        RAISE EXCEPTION 'clinics: resource over-committed' USING ERRCODE = '23P01';
    END IF;
    RETURN NEW;
END $$;
-- By its name it comes after allocations_guard, which locks the resource: whoever writes an absence locks it too, so that
-- of a booking and an absence at once one sees the other.
CREATE TRIGGER allocations_guard_away BEFORE INSERT OR UPDATE OF resource_id, busy_from, busy_until
    ON allocations FOR EACH ROW EXECUTE FUNCTION allocation_away();

-- The desk shows who is away.
CREATE TRIGGER absences_changed AFTER INSERT OR UPDATE OR DELETE ON absences
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
