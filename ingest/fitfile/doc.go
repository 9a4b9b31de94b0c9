// Package fitfile is the only place that knows FIT: it reads the bytes of a
// watch's file into runs ([Reader]), and offers the FIT files of folders and
// archives to the import ([Source]).
//
// Two libraries share the work. tormoder/fit is the gate: it tells what a file
// is and whether its header holds, and only advises. muktihari/fit reads the
// messages behind it, with its own checksum test off because that rejects
// valid files. What a broken file holds of good records is taken.
package fitfile
