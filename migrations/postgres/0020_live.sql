-- Today's page, the requests and the checks show by themselves what others change, as the calendar does.
CREATE TRIGGER requests_changed AFTER INSERT OR UPDATE ON requests
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER calls_changed AFTER INSERT OR UPDATE ON calls
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER waiting_changed AFTER INSERT OR UPDATE ON waiting
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER offers_changed AFTER INSERT OR UPDATE ON offers
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER visits_changed AFTER INSERT OR UPDATE ON visits
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE TRIGGER conflict_cases_changed AFTER INSERT OR UPDATE ON conflict_cases
    FOR EACH STATEMENT EXECUTE FUNCTION note_change();

-- Somebody rang and nobody answered: the call stays open.
ALTER TABLE calls ADD COLUMN tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0);
ALTER TABLE calls ADD COLUMN tried_at BIGINT;
