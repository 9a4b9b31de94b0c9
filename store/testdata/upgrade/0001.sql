-- What a gaitkeeper of schema 1 had written by the end of a week: one run with
-- its seconds (which the test adds), a file that was not read, the diary, an
-- answer, a warning that is still owed by mail, and how the last sync went.
INSERT INTO runs (id, start, duration, elapsed, distance, context, title, description, signals,
  sensor_manufacturer, sensor_product, sensor_serial, truncated, excluded)
VALUES ('7d2f90b1c3e4', 1777875127000, 2700123, 3000000, 8120.43, 'trail', 'Round the lake', 'cold; #pain 2', 1023,
  'garmin', 65535, 4294967295, 1, 0);
INSERT INTO origins (source, key, run, name) VALUES ('fit', 'sha-a:0', '7d2f90b1c3e4', '/fit/a.fit');
INSERT INTO origins (source, key, run, name) VALUES ('fit', 'sha-b:0', '7d2f90b1c3e4', '/fit/b.fit');
INSERT INTO files (path, size, modified, sha256, outcome, reason) VALUES ('/fit/a.fit', 1234, 1777878000123456789, 'sha-a', 'imported', '');
INSERT INTO files (path, size, modified, sha256, outcome, reason) VALUES ('/fit/broken.fit', 12, 1777878000000000000, 'sha-c', 'failed', 'it is no FIT file');
INSERT INTO pain (run, at, recorded, site, side, kind, worst, start, end, morning, focal, worsening, limping, night,
  medication, daily_life, mood, note)
VALUES ('7d2f90b1c3e4', 1777878127000, 1777878727007, 'achilles', 'left', 'tight', '3+', '0', '2', NULL, 0, 1, NULL, 0,
  NULL, NULL, 1, 'after the hills; "ü"');
INSERT INTO pain (run, at, recorded, site, side, kind, worst, note)
VALUES (NULL, 1777964527000, 1777964527000, 'shin', 'right', '', '4', '');
INSERT INTO answers (run, kind, recorded) VALUES ('7d2f90b1c3e4', 'new-shoes', 1777879000000);
INSERT INTO notices (key, kind, episode, run, level, verdict, see_professional, at) VALUES ('alert:e1:warn', 'alert', 'e1', '7d2f90b1c3e4', 'warn', 'stop', 1, 1777880000000);
INSERT INTO messages (key, thread, kind, level, verdict, run, created, title, short, text, html, click, actions) VALUES ('alert:e1:warn', 'alert:e1:warn', 'alert', 'warn', 'stop', '7d2f90b1c3e4', 1777880000000,
  'Your left foot', 'short', 'long', '<p>long', 'https://gait.example/runs/7d2f', '[{"Label":"No pain","URL":"https://gait.example/answer/x"}]');
INSERT INTO pictures VALUES ('alert:e1:warn', 0, 'season', 'image/png', 'the season', x'89504e47');
INSERT INTO deliveries (message, channel, attempts, tried, next_try, error)
VALUES ('alert:e1:warn', 'email', 3, 1777881000000, 1777882000000, 'email: no route');
INSERT INTO deliveries (message, channel, tried, delivered) VALUES ('alert:e1:warn', 'ntfy', 1777880001000, 1777880001000);
INSERT INTO sources (name, started, ended, succeeded, failing_since, error, found, new, waiting, next_due)
VALUES ('fit', 1777880000000, 1777880000500, 1777870000000, 1777875000000, 'no such folder', 5, 1, 2, 1777880900000);
INSERT INTO settings VALUES ('first_sync', '2026-05-01T06:00:00Z');
