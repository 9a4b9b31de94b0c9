package config

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with the config, with its place and its
// remedy.
type Fault struct {
	File string
	// Line is the key's line, counted from 1; 0 where it has none.
	Line int
	// Key is the whole key, sections included; empty where none is known.
	Key  string
	Text string
}

// Error prints "config.toml:12: notify.email.port: what is wrong".
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	if f.Key != "" {
		fmt.Fprintf(&b, ": %s", f.Key)
	}
	fmt.Fprintf(&b, ": %s", f.Text)
	return strings.TrimPrefix(b.String(), ": ")
}

// Faults are all faults of one config in the order of their lines, never none.
type Faults []Fault

// Error prints one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}
