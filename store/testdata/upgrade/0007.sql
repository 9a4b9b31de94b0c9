UPDATE runs SET clock = 'jumped', average_balance = 48.25, oddities = 'the clock jumped';
