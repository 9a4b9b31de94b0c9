package main

import (
	"fmt"
	"io"
)

// results is where a command's results go. It remembers the first that could not
// be written, so that no command ends well whose results a full disk has lost. (A
// reader that went away ends the program through the broken pipe.)
type results struct {
	to  io.Writer
	err error
}

func (r *results) Write(b []byte) (int, error) {
	n, err := r.to.Write(b)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("write the result: %w", err)
	}
	return n, err
}
