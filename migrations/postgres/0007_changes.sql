-- What the desk looks at to learn that something has changed: one row a change, written in the transaction of the change
-- by the triggers below. The newest number and how many rows there are together differ after every commit, in whatever
-- order transactions end; nobody waits for anybody to write a row. Old rows are pruned.
CREATE TABLE changes (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- By the database's own clock.
    at BIGINT NOT NULL
);

CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (at) VALUES (CAST(extract(epoch FROM clock_timestamp()) AS BIGINT));
    RETURN NULL;
END $$;

CREATE TRIGGER appointments_changed_new AFTER INSERT ON appointments
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
-- That a hold lasts longer shows nowhere.
CREATE TRIGGER appointments_changed AFTER UPDATE ON appointments
    FOR EACH ROW WHEN (NEW.state <> 'held' OR OLD.state <> NEW.state OR OLD.meeting_id <> NEW.meeting_id)
    EXECUTE FUNCTION note_change();
CREATE TRIGGER allocations_changed AFTER UPDATE OF resource_id, part OR DELETE ON allocations
    FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER windows_changed AFTER INSERT OR UPDATE OR DELETE ON windows
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER window_staff_changed AFTER INSERT OR UPDATE OR DELETE ON window_staff
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER calendar_dates_changed AFTER INSERT OR UPDATE OR DELETE ON calendar_dates
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();

-- A calendar of several clinics asks by time alone.
CREATE INDEX meetings_by_start ON meetings (starts_at);

-- A rule of booking that a supervisor broke for an appointment, and why. The reason is theirs to read, so it is kept here
-- and never in the audit log.
CREATE TABLE overrides (
    id UUID PRIMARY KEY,
    appointment_id UUID NOT NULL REFERENCES appointments (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX overrides_by_appointment ON overrides (appointment_id, at);
