package web

import (
	"crypto/rand"
	"encoding/hex"
)

// formTokenBytes make a token that nobody else draws.
const formTokenBytes = 16

// newFormToken returns the name of one form, so that what is sent twice from it is
// stored once.
func newFormToken() string {
	var b [formTokenBytes]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// validFormToken tells whether a token can be one of ours.
func validFormToken(token string) bool {
	b, err := hex.DecodeString(token)
	return err == nil && len(b) == formTokenBytes
}
