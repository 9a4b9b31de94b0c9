package ingest

import (
	"context"
	"time"

	"gaitkeeper/gait"
)

// FileOutcome is what came of a file that was looked at.
type FileOutcome string

// The outcomes.
const (
	FileImported FileOutcome = "imported" // it held at least one run
	FileSkipped  FileOutcome = "skipped"  // whole, but nothing for us: settings, a ride
	FileFailed   FileOutcome = "failed"   // broken; what was good in it was taken
	FileGone     FileOutcome = "gone"     // a server had it once and has it no more
)

// File is what is remembered of a file, or of one member of an archive, so that
// it is not read again.
type File struct {
	// Path is absolute; a member of an archive is "archive.zip!member.fit".
	Path     string
	Size     int64
	Modified time.Time
	// SHA256 is of the unpacked bytes, in hexadecimal; empty for an archive and
	// for what came from a server.
	SHA256 string
	// Version is what a source makes of an activity's state on a server, or of
	// what an export's list says of a file, to see whether it changed; empty for
	// any other file on the disk.
	Version string
	Outcome FileOutcome
	// Reason says in one line why the file was skipped or failed.
	Reason string
}

// Remembered reads what is remembered of every file, by path.
type Remembered func(context.Context) (map[string]File, error)

// Import is what one file or activity brought.
type Import struct {
	// File is nil for an activity of which nothing need be remembered.
	File *File
	Runs []ImportedRun
	// Walks are everyday walks in it.
	Walks []gait.Walk
	// Gone is a place that no longer has the run it had.
	Gone *gait.Origin
}

// ImportedRun is one run with its figures, ready to be stored.
type ImportedRun struct {
	Run      gait.Run
	Measures gait.Measures
	// Packed are the samples as the store packed them; nil where it did not yet.
	Packed []byte
	// Same is the run in the store that this is another recording of, or
	// empty for a new run.
	Same gait.RunID
	// Better means that this recording takes the place of the stored samples and
	// figures; otherwise only its origins, title and description are added.
	Better bool
	// Superseded are places of the run that are none any more: what was there gave
	// way to the first of this recording's.
	Superseded []gait.Origin
	// Described are the diary entries that the description and the private note
	// of this recording make, each with its FromText. They take the place of those
	// that the same place made before. Nothing of it counts for a run with NoMetadata.
	Described []gait.Pain
	// Unread are the tags in these texts that could not be understood.
	Unread []gait.UnreadTag
}
