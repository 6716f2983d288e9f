-- What an enquiry is about, as the value of an option of the clinic's own question; empty where it does not ask. Reports
-- count by it. It stays when the answers are erased: alone it names nobody.
ALTER TABLE intakes ADD COLUMN topic TEXT NOT NULL DEFAULT '';
UPDATE intakes SET topic = coalesce(json_extract(assessment, '$.facts.topic'), '') WHERE json_valid(assessment);
