package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// The page that describes the rules names each of them and each number's key.
func TestEveryRuleAndNumberIsDescribed(t *testing.T) {
	page, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	names := []finding.Rule{
		finding.CutShort, finding.LessVolume, finding.Flatter, finding.Slower,
		finding.WalkBreaks, finding.WarmUp, finding.FormReview, finding.KeepBusy, finding.LongView, finding.NotAlone, finding.OtherSide,
		finding.AskWalk, finding.WalkFine,
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

// The table of the therapists' statements names tests that are there.
func TestEveryStatementHasItsTest(t *testing.T) {
	page, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, pattern := range []string{"*_test.go", "../*_test.go", "../../words/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	names := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(string(page), -1)
	if len(names) < 30 {
		t.Errorf("%d tests are named", len(names))
	}
	for _, name := range names {
		if !strings.Contains(code.String(), "func "+name[1]+"(") {
			t.Errorf("no test is called %s", name[1])
		}
	}
}
