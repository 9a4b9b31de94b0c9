-- Times are Unix milliseconds in UTC and durations milliseconds, unless a
-- column says otherwise. A figure nobody measured, an answer nobody gave and a
-- time that has not come are NULL.

CREATE TABLE runs (
  id                  TEXT    NOT NULL PRIMARY KEY,
  start               INTEGER NOT NULL,
  duration            INTEGER NOT NULL,
  elapsed             INTEGER NOT NULL,
  length              INTEGER NOT NULL AS (max(duration, elapsed)) VIRTUAL,
  distance            REAL,             -- metres
  context             TEXT    NOT NULL,
  title               TEXT    NOT NULL,
  description         TEXT    NOT NULL,
  signals             INTEGER NOT NULL, -- bit set
  sensor_manufacturer TEXT    NOT NULL,
  sensor_product      INTEGER NOT NULL,
  sensor_serial       INTEGER NOT NULL,
  truncated           INTEGER NOT NULL,
  excluded            INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_start ON runs (start);
CREATE INDEX runs_length ON runs (length);

-- The places a run was found in. The same place names one run only.
CREATE TABLE origins (
  id     INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  key    TEXT NOT NULL,
  run    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name   TEXT NOT NULL,
  UNIQUE (source, key)
) STRICT;
CREATE INDEX origins_run ON origins (run);

-- The seconds of a run as packed columns. A run without a row here has none,
-- or they were forgotten.
CREATE TABLE samples (
  run  TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  data BLOB NOT NULL
) STRICT;

-- The figures of a run, packed. They can be taken again from the samples at
-- any time, so nothing but the program reads them.
CREATE TABLE measures (
  run    TEXT    NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  method INTEGER NOT NULL,
  data   BLOB    NOT NULL
) STRICT;

CREATE TABLE files (
  path     TEXT    NOT NULL PRIMARY KEY,
  size     INTEGER NOT NULL,
  modified INTEGER NOT NULL, -- Unix nanoseconds, as the file system tells
  sha256   TEXT    NOT NULL,
  outcome  TEXT    NOT NULL,
  reason   TEXT    NOT NULL
) STRICT;
CREATE INDEX files_sha256 ON files (sha256, outcome);

-- The diary. A run that somebody wrote about cannot be deleted.
-- A score is '4' or, where only the lower end is known, '3+'.
CREATE TABLE pain (
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
  run        TEXT REFERENCES runs (id),         -- NULL on a rest day
  at         INTEGER NOT NULL,
  recorded   INTEGER,
  site       TEXT NOT NULL,
  side       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  worst      TEXT,
  start      TEXT,
  end        TEXT,
  morning    TEXT,
  focal      INTEGER,
  worsening  INTEGER,
  limping    INTEGER,
  night      INTEGER,
  medication INTEGER,
  daily_life INTEGER,
  mood       INTEGER,
  note       TEXT NOT NULL
) STRICT;
CREATE INDEX pain_run ON pain (run);

CREATE TABLE answers (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  run      TEXT REFERENCES runs (id),
  kind     TEXT NOT NULL,
  recorded INTEGER
) STRICT;
CREATE INDEX answers_run ON answers (run);

-- What was decided to be told. Notices stay for good: they are why nothing is
-- said twice.
CREATE TABLE notices (
  key              TEXT    NOT NULL PRIMARY KEY,
  kind             TEXT    NOT NULL,
  episode          TEXT    NOT NULL,
  run              TEXT    NOT NULL,
  level            TEXT    NOT NULL,
  verdict          TEXT    NOT NULL,
  see_professional INTEGER NOT NULL,
  at               INTEGER
) STRICT;

-- The outbox: messages whole, and one delivery for each channel. Both go once
-- every channel has taken the message some time ago.
CREATE TABLE messages (
  key     TEXT NOT NULL PRIMARY KEY REFERENCES notices (key),
  thread  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  level   TEXT NOT NULL,
  verdict TEXT NOT NULL,
  run     TEXT NOT NULL,
  created INTEGER,
  title   TEXT NOT NULL,
  short   TEXT NOT NULL,
  text    TEXT NOT NULL,
  html    TEXT NOT NULL,
  click   TEXT NOT NULL,
  actions TEXT NOT NULL -- JSON: [{"Label":…,"URL":…}]
) STRICT;

CREATE TABLE pictures (
  message  TEXT    NOT NULL REFERENCES messages (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id       TEXT    NOT NULL,
  mime     TEXT    NOT NULL,
  alt      TEXT    NOT NULL,
  data     BLOB    NOT NULL,
  PRIMARY KEY (message, position)
) STRICT;

CREATE TABLE deliveries (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  message   TEXT    NOT NULL REFERENCES messages (key) ON DELETE CASCADE,
  channel   TEXT    NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0, -- failed ones
  tried     INTEGER,                    -- the last attempt
  next_try  INTEGER,                    -- NULL: at once
  error     TEXT    NOT NULL DEFAULT '',
  delivered INTEGER,                    -- NULL: still owed
  UNIQUE (message, channel)
) STRICT;
CREATE INDEX deliveries_owed ON deliveries (id) WHERE delivered IS NULL;

-- How the last sync of each source went.
CREATE TABLE sources (
  name          TEXT    NOT NULL PRIMARY KEY,
  started       INTEGER,
  ended         INTEGER,
  succeeded     INTEGER,
  failing_since INTEGER,
  error         TEXT    NOT NULL DEFAULT '',
  found         INTEGER NOT NULL DEFAULT 0,
  new           INTEGER NOT NULL DEFAULT 0,
  waiting       INTEGER NOT NULL DEFAULT 0,
  next_due      INTEGER
) STRICT;

CREATE TABLE settings (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- A number that grows with every change of what the fold or the list of runs
-- looks at.
CREATE TABLE revision (
  one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;
INSERT INTO revision VALUES (1, 0);

CREATE TRIGGER runs_inserted AFTER INSERT ON runs BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER runs_updated AFTER UPDATE ON runs BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER runs_deleted AFTER DELETE ON runs BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER origins_inserted AFTER INSERT ON origins BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER origins_deleted AFTER DELETE ON origins BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER measures_inserted AFTER INSERT ON measures BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER measures_updated AFTER UPDATE ON measures BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER measures_deleted AFTER DELETE ON measures BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER pain_inserted AFTER INSERT ON pain BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER pain_updated AFTER UPDATE ON pain BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER pain_deleted AFTER DELETE ON pain BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER answers_inserted AFTER INSERT ON answers BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER answers_updated AFTER UPDATE ON answers BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER answers_deleted AFTER DELETE ON answers BEGIN UPDATE revision SET number = number + 1; END;
