-- Walks as a phone in the pocket measured them: when, how long, and which share of
-- the steps was uneven.
CREATE TABLE walks (
  start  INTEGER NOT NULL PRIMARY KEY, -- Unix milliseconds
  length INTEGER NOT NULL,             -- milliseconds; 0: the sender did not say
  share  REAL    NOT NULL CHECK (share >= 0 AND share <= 1),
  phone  TEXT    NOT NULL              -- model and pocket, as far as known
) STRICT;

-- What else a recording holds: the balances of further sensors, as JSON, and what
-- was not used, a line each.
ALTER TABLE runs ADD COLUMN others TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN unused TEXT NOT NULL DEFAULT '';
