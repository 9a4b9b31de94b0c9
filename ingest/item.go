package ingest

import (
	"context"
	"time"

	"gaitkeeper/gait"
)

// Item is one thing a source has: a file, a member of an archive, or an
// activity on a server. Exactly one of Read, Opening, Known, Skipped, Failed, Wait
// and Gone says what is to be done with it; with none of them it is passed over in
// silence.
type Item struct {
	// Name is what a person would call it: a path or an address.
	Name string
	// File is what to remember of a file once it was read: its path, size and
	// time, and for an archive the outcome when nothing in it was broken. Nil
	// for an activity that is no file.
	File *File
	// Named means that a person named this very file.
	Named bool
	// Total is the number of offers that the source knows of so far, for a
	// progress bar; 0 where it cannot tell.
	Total int
	// Weight is this offer's share of what there is to go through, in bytes as they
	// are on the disk, and Left what lies behind it; both are 0 where the source
	// cannot tell.
	Weight, Left int64

	// Read reads it, on any goroutine.
	Read Reading
	// Opening announces that the source is about to open File itself, an archive or
	// a list of activities.
	// It stays closed where the receiver says why in Refused.
	Opening *Opening
	// Last means that Read is to be called only when all offers before this one
	// have been dealt with: the end of an archive.
	Last bool
	// Costly: it takes requests to a server to get. Read is called when the one
	// of the costly offer before has ended: a server is asked for one thing at a
	// time, in the order of the offers. It is saved at once, before Done is
	// called, so that no request is lost.
	Costly bool
	// Done, if set, is called once when the offer is no longer needed, whether
	// it was read or not.
	Done func()

	// Known: it was read before and has not changed since.
	Known bool
	// Skipped names the kind of what is not even opened, such as a recording in
	// a format that is not read.
	Skipped string
	// Failed says in one line why it cannot even be opened.
	Failed string
	// Wait: the file is still being copied; look again after so long.
	Wait time.Duration
	// Gone: the source no longer has the run it had there. What only this place
	// said of the run goes; a run that no place has any more is out of
	// everything, and comes back with its diary if a place has it again. A
	// File with the outcome [FileGone] goes with it.
	Gone *gait.Origin
}

// Opening is the leave to open an archive or a list of activities.
type Opening struct {
	// Refused says in one line why not; empty: it may be opened.
	Refused string
}

// Reading reads an offer. It asks known about the SHA-256 of the bytes, in
// hexadecimal, before it looks into them. Its error stops the whole import;
// what is wrong with the offer itself belongs in Content.Broken.
type Reading func(ctx context.Context, known func(sha256 string) (bool, error)) (Content, error)

// Content is what an offer held.
type Content struct {
	// SHA256 is of the bytes, unpacked, in hexadecimal. It may be empty.
	SHA256 string
	// Known means that these bytes were read before; nothing else is set then.
	Known bool
	// Runs are the runs in it, each with its origin and samples.
	Runs []gait.Run
	// Walks are everyday walks in it.
	Walks []gait.Walk
	// HasMetadata means that the runs carry what the runner wrote of them elsewhere,
	// long ago: it is taken also where the same bytes were read before.
	HasMetadata bool
	// Skipped names the kind of everything in it that is not a run.
	Skipped []string
	// Broken says in one line why not everything could be read. Empty: it could.
	Broken string
	// Reported means that what is broken was named already: an archive with a
	// broken member.
	Reported bool
	// Transient means that what is broken may work the next time, such as a disk
	// that did not answer: the file is not remembered.
	Transient bool
}

// Unchanged reports whether the file f is still what is remembered as old: the
// same path, size and, to the second, time of change.
func (f File) Unchanged(old File) bool {
	return f.Path == old.Path && f.Size == old.Size && f.Modified.Sub(old.Modified).Abs() < time.Second
}
