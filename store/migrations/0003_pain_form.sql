-- The mark of the form an entry was made with: a form that is sent twice makes
-- one entry.
ALTER TABLE pain ADD COLUMN form TEXT;
CREATE UNIQUE INDEX pain_form ON pain (form);
