package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheTour(t *testing.T) {
	var out bytes.Buffer
	if err := walk(t.Context(), &out); err != nil {
		t.Fatalf("%v after\n%s", err, &out)
	}
	for _, part := range []string{
		"logged in to Strava as Robin Runner", "new runs: 49", "still to fetch: 13", "new runs: 13", "Verdict: MODIFY",
		"deleted runs that only Strava had: 61; kept, because the diary speaks of it: 1",
	} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is missing", part)
		}
	}
	if t.Failed() {
		t.Log(out.String())
	}
}
