UPDATE runs SET gear = 'Trail shoes 2', feel = 4, effort = 7;
UPDATE origins SET recording = (key = 'sha-a:0'), gear = iif(key = 'sha-a:0', 'Trail shoes 2', ''),
  title = iif(key = 'sha-a:0', 'Round the lake', ''), description = iif(key = 'sha-a:0', 'cold; #pain 2', '');
UPDATE files SET version = 'v';
INSERT INTO unread_tags (run, source, key, text, tag, fault) VALUES ('7d2f90b1c3e4', 'fit', 'sha-a:0', 'description', '#pain x', 'no number');
