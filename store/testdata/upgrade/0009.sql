INSERT INTO receipts (delivery, address, at, refused) VALUES (1, 'coach@example.org', 1777880001000, 'no such user');
