// Package fitfile is the only place that knows FIT: it reads the bytes of a
// watch's file into runs ([Reader]), and offers the FIT files of folders and
// archives to the import ([Source]).
//
// Two libraries share the work. tormoder/fit says what a file is and whether its
// header is valid; that is only advice. muktihari/fit reads the messages behind
// it, with its own checksum test off because that rejects valid files. The good
// records of a broken file are taken.
package fitfile
