// Package ingest takes runs in: it asks a [Source] for what it has, reads what
// is new on all cores, makes one run of several recordings of the same
// activity, and hands the result to a [Store] in batches.
//
// A sync can be cancelled at any moment: what was saved stays, what was not is
// read again the next time.
package ingest

import (
	"context"
	"iter"
	"time"

	"gaitkeeper/gait"
)

// Store is what Sync needs of the database.
type Store interface {
	// Files returns what is remembered of every file, by path.
	Files(ctx context.Context) (map[string]File, error)
	// Known reports whether a file with these bytes was taken or skipped before (a
	// failed one is not known). It is called from several goroutines.
	Known(ctx context.Context, sha256 string) (bool, error)
	// Setting returns what is kept under key, or "", and SetSetting keeps it: it
	// is on the disk when SetSetting returns.
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	// Pack compresses samples into what [ImportedRun] holds of them. It is called
	// from several goroutines.
	Pack(samples []gait.Sample) ([]byte, error)
	// Save calls do once, in a transaction in which nobody else writes. All that do
	// puts is stored when Save returns nil, and nothing of it otherwise.
	Save(ctx context.Context, do func(Transaction) error) error
}

// Transaction is the database while runs are saved: what is looked up is what
// the next Put changes, with all that was put before.
type Transaction interface {
	// Nearby returns the runs, without samples, that overlap from..to, those
	// that are gone too.
	Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error)
	// Samples returns the seconds of a run, none where they were forgotten.
	Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error)
	// Holder returns the run that was found in a place; false where none was.
	Holder(ctx context.Context, o gait.Origin) (gait.Run, bool, error)
	// ByID returns the run that has the ID, also one that is gone; false where none
	// has.
	ByID(ctx context.Context, id gait.RunID) (gait.Run, bool, error)
	// Put stores an import.
	Put(ctx context.Context, in Import) error
}

// Measure takes a run's figures. It is called from several goroutines.
type Measure func(gait.Run) gait.Measures

// Source is a place that runs come from.
type Source interface {
	// Name is the kind of place.
	Name() gait.SourceName
	// Offers lists everything the source has. An error means that the rest could
	// not be asked for and ends the list; a single bad file is an offer that failed.
	Offers(ctx context.Context, remembered Remembered) iter.Seq2[Item, error]
}

// Progress is how far a sync has come, in offers. Total grows while archives
// are opened; it is 0 where nobody can tell.
type Progress struct {
	Done  int
	Total int
	// Read is how much of what there was to go through has been read, and Left how
	// much lies ahead, in bytes as they are on the disk: for an estimate of the
	// remaining time. Both are 0 where the source cannot tell.
	Read, Left int64
}
