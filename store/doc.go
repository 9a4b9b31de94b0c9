// Package store keeps everything gaitkeeper knows in one SQLite file: runs and
// their samples, the figures measured from them, the pain diary, the runner's
// answers, what was told, and what is still to be delivered.
//
// There is one file an entity, with its SQL beside its Scan. Each exported
// method is one transaction made of small functions. Writers take SQLite's
// write lock when they begin, one after the other; readers see the database as
// it was when they began and wait for nobody. Other processes may use the same
// file at the same time.
//
// Times are stored as Unix milliseconds and read back in UTC.
package store
