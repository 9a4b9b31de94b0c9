// Package api holds the JSON forms that the command line and the page print: the
// runner's scripts rely on them. A key is never renamed, and what is not known
// is null. It is pure: facts and their sentences go in, structs with tags come out.
package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"

	"gaitkeeper/gait"
)

// NewEncoder writes JSON in which control characters are escaped, so that it may
// be printed on a terminal and is read back as it was.
func NewEncoder(w io.Writer) *json.Encoder { return json.NewEncoder(EscapedJSON(w)) }

// EscapedJSON escapes the control characters in the JSON that is written to it,
// with whole characters in each Write.
func EscapedJSON(w io.Writer) io.Writer { return escaped{w} }

type escaped struct{ to io.Writer }

func (e escaped) Write(b []byte) (int, error) {
	text := b
	if bytes.ContainsFunc(b[plain(b):], gait.Unsafe) {
		var out bytes.Buffer
		for _, r := range string(b) {
			switch {
			case !gait.Unsafe(r):
				out.WriteRune(r)
			case r > 0xffff:
				high, low := utf16.EncodeRune(r)
				fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
			default:
				fmt.Fprintf(&out, `\u%04x`, r)
			}
		}
		text = out.Bytes()
	}
	if _, err := e.to.Write(text); err != nil {
		return 0, err
	}
	return len(b), nil
}

// plain is the number of bytes that b begins with and that are ASCII to see: nearly
// all of nearly every text, and quickly looked at.
func plain(b []byte) int {
	for i, c := range b {
		if (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return i
		}
	}
	return len(b)
}
