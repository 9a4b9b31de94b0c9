INSERT INTO strava_login VALUES (1, 4711, 'Ada L', '99', 'read,activity:read_all', 'access', 'refresh', 1777900000000, 1777800000000, NULL);
INSERT INTO strava_state VALUES (1, 1770000000, 3, 0, 1777880000000, NULL, 2);
INSERT INTO strava_activities VALUES (1001, 1777875127000, 'Run', 'l1', 'd1', NULL, NULL, 1, 1777890000000, 'server down');
