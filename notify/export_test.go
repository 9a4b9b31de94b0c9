package notify

// OwnName is for the tests: the real name of the machine they run on is anything.
var OwnName = ownName
