-- An allocation that stays what it was has nothing to check and takes no lock: who turns a hold into an appointment changes
-- `hold_until` alone, and would otherwise lock the people and the room in the order of the rows, against whoever takes the
-- same ones in the order of their ids.
CREATE OR REPLACE FUNCTION allocation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.active OR NEW.override_reason IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.active AND OLD.override_reason IS NULL AND OLD.resource_id = NEW.resource_id AND OLD.busy_from = NEW.busy_from
            AND OLD.busy_until = NEW.busy_until AND OLD.at_once = NEW.at_once
        THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM 1 FROM resources WHERE id = NEW.resource_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1
        FROM (
            SELECT NEW.busy_from AS instant
            UNION
            SELECT a.busy_from FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > NEW.busy_from AND a.busy_from < NEW.busy_until
        ) p
        WHERE (
            SELECT count(*) + 1 > least(coalesce(min(a.at_once), NEW.at_once), NEW.at_once)
            FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > p.instant - 86400 AND a.busy_from <= p.instant AND a.busy_until > p.instant
        )
    ) THEN
        RAISE EXCEPTION 'clinics: resource over-committed' USING ERRCODE = '23P01';
    END IF;
    RETURN NEW;
END $$;
