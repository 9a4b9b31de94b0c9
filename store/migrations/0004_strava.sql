-- What one runner granted at Strava, and the tokens: they are secrets. Strava
-- hands out a new refresh token at times, and the old one is dead at once.
CREATE TABLE strava_login (
  one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  athlete   INTEGER NOT NULL,
  name      TEXT    NOT NULL,
  client_id TEXT    NOT NULL,
  scope     TEXT    NOT NULL,
  access    TEXT    NOT NULL,
  refresh   TEXT    NOT NULL,
  expires   INTEGER,
  since     INTEGER,
  lost      INTEGER -- since when Strava refuses to renew the tokens
) STRICT;

-- How far the reading of the account has come.
CREATE TABLE strava_state (
  one            INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  history_before INTEGER,
  history_page   INTEGER NOT NULL,
  history_done   INTEGER NOT NULL,
  listed         INTEGER,
  wait_until     INTEGER,
  refusals       INTEGER NOT NULL
) STRICT;

-- Every activity that a list named, and what was made of it.
CREATE TABLE strava_activities (
  id       INTEGER PRIMARY KEY,
  start    INTEGER NOT NULL,
  sport    TEXT    NOT NULL,
  listed   TEXT    NOT NULL, -- a mark of what the list told
  detailed TEXT    NOT NULL, -- a mark of what its own page told
  taken    INTEGER,          -- NULL: still to be taken
  checked  INTEGER,
  tries    INTEGER NOT NULL,
  next_try INTEGER,
  reason   TEXT    NOT NULL
) STRICT;
CREATE INDEX strava_activities_waiting ON strava_activities (id) WHERE taken IS NULL;
