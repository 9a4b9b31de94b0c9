package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestRedFlag(t *testing.T) {
	tryRun(t, finding.RedFlag, finding.VerdictStop, []told{
		{"left ankle 2, cannot-bear-weight", true},
		{"left knee 3, pop", true},
		{"chest", true},
		{"left calf 2, swelling, hot", true},
		{"left knee 2, swelling, hot", false},
		{"left ankle 3, twisted, swelling", true},
		{"left ankle 3, twisted", false},
		{"left ankle 3, swelling", false},
		{"back 3, numb", true},
		{"left foot 0, numb", false},
		{"left knee 3, no pop", false},
	})
}

// A note that names a sign of danger is heard, unless it says that there is none
// or the flag was answered.
func TestRedFlagInANote(t *testing.T) {
	tryRun(t, finding.RedFlag, finding.VerdictStop, []told{
		{"other 4, tight; chest and left arm", true},
		{"right calf 5; it popped", true},
		{"right calf 5, no pop; it popped", false},
		{"right ankle 4; rolled it, swollen in the evening", true},
		{"right ankle 4; rolled it, not swollen", false},
		{"left foot 4; can't put weight on it", true},
		{"left foot 4; put on some weight, no wonder", false},
		{"back 4; trouble with my bladder since", true},
		{"left knee 4; fever since yesterday", true},
		{"left knee 2; forgot the chest strap", false},
		{"left knee 2; a hot day, legs fell asleep", false},
		{"left foot 3, numb; and the leg feels weak", true},
	})
	w := newWorld(t)
	if o := w.run(0, w.pain("other 4; chest")); !o.asks(finding.AskRedFlag) {
		t.Errorf("what a note says is asked about: %v", o.Questions)
	}
}

func TestARedFlagEndsOnlyWhenCleared(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, pop"))
	for d := 1; d < 5; d++ {
		w.rest(d, w.pain("left knee 0"))
	}
	if o := w.look(30); o.Verdict != finding.VerdictStop || !o.Urgent || !o.Professional {
		t.Errorf("calm words: %s", o.Verdict)
	}
	if o := w.tap(31, gait.AnswerCleared); o.Verdict == finding.VerdictStop {
		t.Errorf("cleared: %v", o.names())
	}
}

func TestModFlag(t *testing.T) {
	tryRun(t, finding.ModFlag, finding.VerdictModify, []told{
		{"left ankle 3, swelling", true},
		{"left foot 0, numb", false},
		{"left ankle 3", false},
		{"left knee 2; it gave way on the stairs, twice", true},
		{"left knee 4; locked up, couldn't straighten it", true},
		{"left knee 2; never gives way", false},
		{"left knee 2; gave up half way", false},
		{"left calf 2; the legs gave out", false},
	})
	w := newWorld(t)
	if o := w.run(0, w.pain("left foot 0, numb")); o.Verdict != finding.VerdictKeep || o.how(finding.Watch) != finding.HowNumb {
		t.Errorf("numb once: %s %v", o.Verdict, o.names())
	}
	if o := w.run(2, w.pain("left foot 0, numb")); !o.has(finding.ModFlag) || !o.Professional {
		t.Errorf("numb again: %s %v", o.Verdict, o.names())
	}
}

// A swelling after a visit is one that the professional has not seen.
func TestASwellingAfterAVisitStillAsksForAChange(t *testing.T) {
	w := newWorld(t)
	w.c.Before.MutedUntil = on(42)
	if o := w.run(3, w.pain("left ankle 2, swelling")); !o.has(finding.ModFlag) || o.Verdict != finding.VerdictModify || o.Professional {
		t.Errorf("%s %v, professional %v", o.Verdict, o.names(), o.Professional)
	}
}

func TestStitch(t *testing.T) {
	for _, entry := range []string{"other 7, stitch", "right other 6, sharp; side stitch", "stitch"} {
		w := newWorld(t)
		if o := w.run(0, w.pain(entry)); o.Verdict != finding.VerdictKeep || o.Professional || !o.has(finding.Watch) {
			t.Errorf("%s: %s %v", entry, o.Verdict, o.names())
		}
	}
}

// The words of a note decide as the flags do, and are asked about.
func TestANoteIsHeardLikeAFlag(t *testing.T) {
	for rule, entry := range map[finding.Rule]string{
		finding.StopLimp: "left calf 3; hobbled home", finding.StopNight: "left hip 2; woke me up twice",
		finding.StopMedication: "left knee 2; took two ibuprofen to get through it", finding.StopBone: "left shin 2; one tender spot on the bone",
	} {
		w := newWorld(t)
		if o := w.run(0, w.pain(entry)); !o.has(rule) || !o.asks(finding.AskRedFlag) {
			t.Errorf("%s: %v, asks %v", entry, o.names(), o.Questions)
		}
	}
	w := newWorld(t)
	if o := w.run(0, w.pain("left calf 2; one sore spot in the belly of it, finger on the spot")); o.has(finding.StopBone) {
		t.Errorf("no bone lies there: %v", o.names())
	}
	for _, entry := range []string{"left knee 3; a bit swollen", "left knee 3; gives way on the stairs"} {
		w := newWorld(t)
		if o := w.run(0, w.pain(entry)); !o.has(finding.ModFlag) || !o.asks(finding.AskRedFlag) {
			t.Errorf("%s: %v, asks %v", entry, o.names(), o.Questions)
		}
	}
}

func TestNotSoTakesBackWhatWasRead(t *testing.T) {
	for _, entry := range []string{"right calf 5; it popped", "back 4; cannot pee", "left knee 4; fever", "left ankle 4; rolled it, swollen"} {
		w := newWorld(t)
		p := w.pain(entry)
		no := gait.Pain{Run: p.Run, Site: p.Site, Side: p.Side}.NotSo()
		if o := w.run(0, p, no); o.has(finding.RedFlag) || o.has(finding.ModFlag) {
			t.Errorf("%s, and it is not so: %v", entry, o.names())
		}
	}
}

// What a text without a tag says is a question: it stops, and ends by itself where
// nobody confirms it.
func TestAnOverheardSignEndsByItself(t *testing.T) {
	w := newWorld(t)
	heard := gait.Pain{Run: "run", Site: gait.Calf, Note: "calf popped", FromText: gait.TextSource{Source: gait.SourceStrava, Text: gait.TextDescription}}
	if o := w.run(0, heard); o.Verdict != finding.VerdictStop || !o.Urgent || !o.asks(finding.AskRedFlag) {
		t.Fatalf("heard: %s %v", o.Verdict, o.names())
	}
	if o := w.look(13); o.Verdict != finding.VerdictStop {
		t.Errorf("after 13 days: %s", o.Verdict)
	}
	if o := w.look(15); o.Verdict == finding.VerdictStop {
		t.Errorf("after 15 days: %s %v", o.Verdict, o.names())
	}
	w.rest(1, w.pain("calf 2, pop"))
	if o := w.look(30); o.Verdict != finding.VerdictStop {
		t.Errorf("confirmed: %s %v", o.Verdict, o.names())
	}
}
