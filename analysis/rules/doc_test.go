package rules

import (
	"os"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// The page that describes the rules names each of them and each number's key.
func TestEveryRuleAndNumberIsDescribed(t *testing.T) {
	page, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	names := []gait.Rule{
		gait.Watch, gait.PTGoal, gait.ModStanding, gait.CutShort, gait.Return, gait.LessVolume, gait.Flatter, gait.Slower,
		gait.WalkBreaks, gait.WarmUp, gait.FormReview, gait.KeepBusy, gait.LongView,
	}
	for _, r := range table() {
		names = append(names, r.name)
	}
	for _, name := range names {
		if !strings.Contains(text, "| "+string(name)+" |") && !strings.Contains(text, "**"+string(name)+"**") {
			t.Errorf("%s is not described", name)
		}
	}
	var p gait.Params
	for _, q := range p.Table() {
		if key, ok := strings.CutPrefix(q.Key, "pain."); ok && !strings.Contains(text, "`"+key+"`") {
			t.Errorf("the key %s is not described", key)
		}
	}
}
