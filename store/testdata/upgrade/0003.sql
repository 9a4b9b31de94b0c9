UPDATE pain SET form = 'form-of-the-first-entry' WHERE id = 1;
