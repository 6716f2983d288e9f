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

-- One more reason to be passed over.
ALTER TABLE waiting_skips DROP CONSTRAINT waiting_skips_reason_check;
ALTER TABLE waiting_skips ADD CONSTRAINT waiting_skips_reason_check CHECK (reason IN
    ('other_times', 'does_not_fit', 'too_late', 'has_offer', 'refused', 'unavailable', 'cannot_be_told', 'out_of_turn'));

-- The list of people says to whom our mail did not arrive.
CREATE INDEX outbox_by_staff ON outbox (staff_id) WHERE staff_id IS NOT NULL;
