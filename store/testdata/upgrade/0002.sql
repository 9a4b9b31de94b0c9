UPDATE sources SET waiting_until = 1777890000000, note = 'it asked for a pause';
