-- Whether a pain is at the front of the hip: 1 is yes, 0 no, NULL not said.
ALTER TABLE pain ADD COLUMN front_of_hip INTEGER;
