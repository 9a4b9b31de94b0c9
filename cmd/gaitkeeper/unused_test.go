package main

import (
	"bytes"
	"fmt"
	"testing"
)

func TestUnusedFieldsAreNamed(t *testing.T) {
	var out bytes.Buffer
	p := &program{stdout: &out}
	p.printUnused(nil)
	if out.Len() > 0 {
		t.Errorf("of none it says %q", out.String())
	}
	p.printUnused(map[string]int{"Form Power": 3, "RunScribe contact time": 1, "Air Power": 3})
	if want := "in the files and not used: RunScribe contact time (runs: 1), Air Power (runs: 3), Form Power (runs: 3)\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	many := map[string]int{}
	for i := range 15 {
		many[fmt.Sprintf("field %02d", i)] = 1
	}
	p.printUnused(many)
	if !bytes.HasSuffix(out.Bytes(), []byte("field 11 (runs: 1), 3 others\n")) {
		t.Errorf("%q", out.String())
	}
}
