-- What was odd about a recording, and what was made of it.
ALTER TABLE runs ADD COLUMN clock           TEXT NOT NULL DEFAULT ''; -- empty: nothing speaks against it
ALTER TABLE runs ADD COLUMN average_balance REAL NOT NULL DEFAULT 0;  -- per cent, 0: the recorder wrote none
ALTER TABLE runs ADD COLUMN oddities        TEXT NOT NULL DEFAULT ''; -- a sentence a line
