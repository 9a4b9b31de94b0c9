-- Signs that a doctor should see today: 1 is yes, 0 no, NULL not said.
ALTER TABLE pain ADD COLUMN cannot_bear_weight INTEGER;
ALTER TABLE pain ADD COLUMN pop                INTEGER;
ALTER TABLE pain ADD COLUMN swelling           INTEGER;
ALTER TABLE pain ADD COLUMN hot                INTEGER;
ALTER TABLE pain ADD COLUMN numb               INTEGER;
ALTER TABLE pain ADD COLUMN twisted            INTEGER;
ALTER TABLE pain ADD COLUMN chest              INTEGER;
