package main

import (
	"reflect"
	"strings"
	"testing"

	"gaitkeeper/words"
)

// TestTheNumbersOfAnEntryAreNamedAsOnThePage: help texts stand in tags, which hold no
// constants.
func TestTheNumbersOfAnEntryAreNamedAsOnThePage(t *testing.T) {
	for _, name := range []string{"Start", "End", "Morning"} {
		field, _ := reflect.TypeFor[painAddCmd]().FieldByName(name)
		if got, want := field.Tag.Get("help"), words.ScoreName(strings.ToLower(name))+"."; got != want {
			t.Errorf("--%s: %q, the page says %q", strings.ToLower(name), got, want)
		}
	}
}
