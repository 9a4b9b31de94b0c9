package web

import (
	"crypto/rand"
	"encoding/hex"
)

// markBytes make a mark that nobody else draws.
const markBytes = 16

// newMark returns the name of one form, so that what is sent twice from it is
// stored once.
func newMark() string {
	var b [markBytes]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// soundMark tells whether a mark can be one of ours.
func soundMark(mark string) bool {
	b, err := hex.DecodeString(mark)
	return err == nil && len(b) == markBytes
}
