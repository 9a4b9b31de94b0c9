INSERT INTO walks (start, length, share, phone) VALUES (1777880000000, 51000, 0.07, 'iPhone16,1');
UPDATE runs SET others = '[{"sensor":{"manufacturer":"runscribe"},"mean":51.05}]', unused = 'RunScribe contact time';
