// Package intervals takes runs from intervals.icu, which hands out the file
// that the watch wrote: one list of activities a sync, and one download for
// each new run.
//
// What is remembered of an activity is a [ingest.File] whose path is the
// activity's address. The whole account is listed when there is no list yet
// that was worked through, and once a week, for what was uploaded or deleted
// late; otherwise the last two weeks are enough.
package intervals
