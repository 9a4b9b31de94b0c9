UPDATE pain SET swelling = 1, pop = 0 WHERE site = 'achilles';
