package main

import (
	"testing"

	"gaitkeeper/ingest"
)

func TestACellIsNoFormulaAndSteersNothing(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "easy": "easy", "5 - 3": "5 - 3",
		`=HYPERLINK("http://x")`: `'=HYPERLINK("http://x")`, "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1",
		"\x1b[2Jgone": "\uFFFD[2Jgone", "\u202Eback": "\uFFFDback",
	} {
		if got := written(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestANameWithLinesInItStaysOneLine(t *testing.T) {
	got := ingest.Failure{Path: "a\nnew runs: 7\r.fit", Reason: "it is empty"}.String()
	if want := "a\uFFFDnew runs: 7\uFFFD.fit: it is empty"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
