-- Whether somebody gets their day by mail in the morning. It names nobody, so it is on until they switch it off.
ALTER TABLE staff ADD COLUMN daily_list BOOLEAN NOT NULL DEFAULT TRUE;
