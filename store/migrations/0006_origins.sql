-- A run has words and a recording from each place it was found in. The columns
-- of runs hold what they come to together: the recording of the best place, the
-- words of the first place that has any.
ALTER TABLE runs ADD COLUMN gear         TEXT    NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN feel         INTEGER NOT NULL DEFAULT 0; -- 1 to 5, 0: not said
ALTER TABLE runs ADD COLUMN effort       INTEGER NOT NULL DEFAULT 0; -- 1 to 10, 0: not said
ALTER TABLE runs ADD COLUMN start_hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN gone         INTEGER NOT NULL DEFAULT 0; -- no place has it any more

ALTER TABLE origins ADD COLUMN title       TEXT    NOT NULL DEFAULT '';
ALTER TABLE origins ADD COLUMN description TEXT    NOT NULL DEFAULT '';
ALTER TABLE origins ADD COLUMN gear        TEXT    NOT NULL DEFAULT '';
ALTER TABLE origins ADD COLUMN feel        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE origins ADD COLUMN effort      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE origins ADD COLUMN recording   INTEGER NOT NULL DEFAULT 0; -- the samples are of this place
UPDATE origins SET recording = 1,
  title = (SELECT title FROM runs WHERE id = run), description = (SELECT description FROM runs WHERE id = run)
WHERE id IN (SELECT min(id) FROM origins GROUP BY run);
CREATE TRIGGER origins_updated AFTER UPDATE ON origins BEGIN UPDATE revision SET number = number + 1; END;

-- What a source makes of an activity's state on a server.
ALTER TABLE files ADD COLUMN version TEXT NOT NULL DEFAULT '';

-- An entry that was read from a text: the place that has the text, and which
-- text it is. One that the runner removed stays, so that the text does not make
-- it again.
ALTER TABLE pain ADD COLUMN told_source TEXT    NOT NULL DEFAULT '';
ALTER TABLE pain ADD COLUMN told_key    TEXT    NOT NULL DEFAULT '';
ALTER TABLE pain ADD COLUMN told_text   TEXT    NOT NULL DEFAULT '';
ALTER TABLE pain ADD COLUMN removed     INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pain_told ON pain (told_source, told_key) WHERE told_source <> '';

-- Tags in these texts that could not be understood.
CREATE TABLE unread_tags (
  id     INTEGER PRIMARY KEY,
  run    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  key    TEXT NOT NULL,
  text   TEXT NOT NULL,
  tag    TEXT NOT NULL,
  fault  TEXT NOT NULL
) STRICT;
CREATE INDEX unread_tags_place ON unread_tags (source, key);
