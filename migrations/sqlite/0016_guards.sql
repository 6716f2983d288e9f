-- An allocation that stays what it was has nothing to check: who turns a hold into an appointment changes `hold_until` alone.
DROP TRIGGER allocations_guard_update;
CREATE TRIGGER allocations_guard_update BEFORE UPDATE OF resource_id, busy_from, busy_until, at_once, active ON allocations
WHEN NEW.active AND NEW.override_reason IS NULL
    AND NOT (OLD.active AND OLD.override_reason IS NULL AND OLD.resource_id = NEW.resource_id AND OLD.busy_from = NEW.busy_from
        AND OLD.busy_until = NEW.busy_until AND OLD.at_once = NEW.at_once)
BEGIN
    SELECT RAISE(ABORT, 'clinics: resource over-committed') WHERE EXISTS (
        SELECT 1
        FROM (
            SELECT NEW.busy_from AS instant
            UNION
            SELECT a.busy_from FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > NEW.busy_from AND a.busy_from < NEW.busy_until
        ) p
        WHERE (
            SELECT count(*) + 1 > min(coalesce(min(a.at_once), NEW.at_once), NEW.at_once)
            FROM allocations a
            WHERE a.resource_id = NEW.resource_id AND a.active AND a.id <> NEW.id
              AND a.busy_from > p.instant - 86400 AND a.busy_from <= p.instant AND a.busy_until > p.instant
        )
    );
END;
