package gait

import "time"

// FileOutcome is what came of a file that was looked at.
type FileOutcome string

// The outcomes.
const (
	FileImported FileOutcome = "imported" // it held at least one run
	FileSkipped  FileOutcome = "skipped"  // whole, but nothing for us: settings, a ride
	FileFailed   FileOutcome = "failed"   // broken; what was good in it was taken
)

// File is what is remembered of a file, or of one member of an archive, so that
// it is not read again.
type File struct {
	// Path is absolute; a member of an archive is "archive.zip!member.fit".
	Path     string
	Size     int64
	Modified time.Time
	// SHA256 is of the unpacked bytes, in hexadecimal; empty for an archive.
	SHA256  string
	Outcome FileOutcome
	// Reason says in one line why the file was skipped or failed.
	Reason string
}

// Import is what one file or activity brought.
type Import struct {
	// File is nil for an activity that came over the network.
	File *File
	Runs []ImportedRun
}

// ImportedRun is one run with its figures, ready to be stored.
type ImportedRun struct {
	Run      Run
	Measures Measures
	// Same is the run in the store that this is another recording of, or
	// empty for a new run.
	Same RunID
	// Better tells that this recording takes the place of the stored samples
	// and figures; otherwise only its origins, title and description are added.
	Better bool
}
