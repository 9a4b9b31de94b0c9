package main

import (
	"slices"
	"strings"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// claimsSide tells whether an assessment names a side, or says the word limp, in
// anything that the runner reads.
func claimsSide(a *finding.Assessment) bool {
	if a.Evidence.ShortSide != gait.NoSide {
		return true
	}
	w := words.Words{}
	said := w.Questions(a.Questions)
	for _, r := range slices.Concat(w.Reasons(a.Reasons), w.Reasons(a.Advice)) {
		said = append(said, r.Text)
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.Join(said, " ")), notALetter) {
		if word == "left" || word == "right" || strings.HasPrefix(word, "limp") {
			return true
		}
	}
	return false
}

func notALetter(r rune) bool { return r < 'a' || r > 'z' }
