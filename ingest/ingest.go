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

	"gaitkeeper/gait"
)

// Store is what Sync needs of the database.
type Store interface {
	// Files returns what is remembered of every file, by path.
	Files(ctx context.Context) (map[string]File, error)
	// Known tells whether a file with these bytes was taken or skipped before
	// (a failed one is not known). It is called from several goroutines.
	Known(ctx context.Context, sha256 string) (bool, error)
	// Setting returns what is kept under key, or "", and SetSetting keeps it: it
	// is on the disk when SetSetting returns.
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	// Save stores the imports in one transaction, in their order: a later one
	// may name a run of an earlier one as the same.
	Save(ctx context.Context, imports []Import) error
	storedRuns
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
	// Read is how much of what there was to go through has been read, and Left
	// how much lies ahead, in bytes as they lie on the disk: for an estimate of
	// the remaining time. Both are 0 where the source cannot tell.
	Read, Left int64
}
