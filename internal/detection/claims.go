package main

import (
	"strings"

	"gaitkeeper/gait"
)

// claimsSide tells whether an assessment names a side, or says the word limp, in
// anything that the runner reads.
func claimsSide(a *gait.Assessment) bool {
	if a.Evidence.ShortSide != gait.NoSide {
		return true
	}
	said := append([]string(nil), a.Questions...)
	for _, r := range append(append([]gait.Reason(nil), a.Reasons...), a.Advice...) {
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
