-- What a supervisor allowed a meeting when they put it where it is: 'hours' (no session holds it), 'closed' (its date is
-- closed as well), or nothing. It goes with the meeting: an appointment that is moved gets another one.
ALTER TABLE meetings ADD COLUMN exception TEXT NOT NULL DEFAULT '' CHECK (exception IN ('', 'hours', 'closed'));
