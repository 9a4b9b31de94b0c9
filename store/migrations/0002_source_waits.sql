-- Until when a source asked to be left alone, and why: a rate limit is a wait,
-- no failure. The note may also say what else the runner should know of it.
ALTER TABLE sources ADD COLUMN waiting_until INTEGER;
ALTER TABLE sources ADD COLUMN note TEXT NOT NULL DEFAULT '';
