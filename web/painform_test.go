package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
)

func exactly(n int) gait.Score {
	s, err := gait.Exactly(n)
	if err != nil {
		panic(err)
	}
	return s
}

var byScore = cmp.Comparer(func(a, b gait.Score) bool { return a == b }) // an option of the tests

func formTime() time.Time { return time.Date(2026, 5, 3, 20, 0, 0, 0, time.UTC) }

func TestReadPain(t *testing.T) {
	three, _ := gait.AtLeastScore(3)
	for sent, want := range map[string]PainNote{
		"run=latest&worst=0": {Run: "latest", Entry: gait.Pain{Run: "latest", Worst: exactly(0)}},
		"run=ab&site=achilles&side=left&worst=4&start=2&end=4&kind=ache": {Run: "ab", Entry: gait.Pain{
			Run: "ab", Site: gait.Achilles, Side: gait.Left, Worst: exactly(4), Start: exactly(2), End: exactly(4), Kind: gait.Ache,
		}},
		"run=ab&site=knee+both&worst=10":        {Run: "ab", Entry: gait.Pain{Run: "ab", Site: gait.Knee, Side: gait.Both, Worst: exactly(10)}},
		"run=ab&site=knee+left&side=left&end=1": {Run: "ab", Entry: gait.Pain{Run: "ab", Site: gait.Knee, Side: gait.Left, End: exactly(1)}},
		"run=ab&site=sacrum&worst=3%2B":         {Run: "ab", Entry: gait.Pain{Run: "ab", Site: gait.Sacrum, Worst: three}},
		// What the form sends for what nobody touched is unknown, not zero and not no.
		"run=ab&at=&site=shin+right&worst=&start=&end=&morning=2&kind=&focal=&night=&note=+": {Run: "ab", Entry: gait.Pain{
			Run: "ab", Site: gait.Shin, Side: gait.Right, Morning: exactly(2),
		}},
		"at=2026-05-03T18:30&site=shin&focal=yes&limping=no&no_night=on&medication=true&daily_life=0&mood=1&note=a%0D%0Ab": {Entry: gait.Pain{
			At: time.Date(2026, 5, 3, 18, 30, 0, 0, time.UTC), Site: gait.Shin, Focal: gait.Yes, Limping: gait.No, Night: gait.No,
			Medication: gait.Yes, DailyLife: gait.No, Mood: gait.Yes, Note: "a\nb",
		}},
		"run=ab&worst=0&mark=000102030405060708090a0b0c0d0e0f&corrects=7": {
			Run: "ab", Mark: "000102030405060708090a0b0c0d0e0f", Corrects: 7, Entry: gait.Pain{Run: "ab", Worst: exactly(0)},
		},
	} {
		values, err := url.ParseQuery(sent)
		if err != nil {
			t.Fatal(err)
		}
		got, form := readPain(values, formTime(), time.UTC)
		if len(form.Faults) > 0 {
			t.Errorf("%s: faults %v", sent, form.Faults)
		}
		if diff := cmp.Diff(want, got, byScore); diff != "" {
			t.Errorf("%s: -want +got\n%s", sent, diff)
		}
	}
}

func TestReadPainRefuses(t *testing.T) {
	for sent, want := range map[string]struct{ field, text string }{
		"":                                         {"at", "when was it"},
		"worst=0":                                  {"at", "when was it"},
		"run=ab&at=now&worst=0":                    {"at", "not both"},
		"at=soon&worst=0":                          {"at", "not understood"},
		"at=2026-05-04&worst=0":                    {"at", "is in the future"},
		"run=ab&worst=11":                          {"worst", "not on the scale"},
		"run=ab&worst=-1":                          {"worst", "not on the scale"},
		"run=ab&worst=4.5":                         {"worst", "not a number"},
		"run=ab&worst=3%2B%2B":                     {"worst", "not a number"},
		"run=ab&worst=0&worst=4":                   {"worst", "twice"},
		"run=ab&worst=4":                           {"site", "where does it hurt"},
		"run=ab&site=elbow&worst=4":                {"site", "no site is called"},
		"run=ab&site=knee+up&worst=4":              {"site", "no site is called"},
		"run=ab&site=knee&side=up&worst=4":         {"side", "not one of"},
		"run=ab&site=knee+left&side=right&worst=4": {"side", "the side right"},
		"run=ab&side=left&worst=0":                 {"site", "side without a site"},
		"run=ab&site=knee":                         {"worst", "nothing is said"},
		"run=ab&site=knee&worst=2&start=3":         {"start", "more than worst"},
		"run=ab&site=knee&worst=2&end=3":           {"end", "more than worst"},
		"run=ab&site=knee&worst=2&kind=odd":        {"kind", "not one of"},
		"run=ab&site=knee&worst=2&focal=maybe":     {"focal", "neither yes nor no"},
		"run=ab&site=knee&focal=yes&no_focal=yes":  {"focal", "contradict"},
		"run=ab&site=knee&worst=2&no_focal=no":     {"focal", "not no_focal=no"},
		"at=now&site=knee&worst=2&start=1":         {"start", "belong to a run"},
		"run=ab&worst=0&wrst=4":                    {"", `"wrst"`},
		"run=ab&worst=0&mark=x":                    {"", "open it again"},
		"run=ab&worst=0&corrects=x":                {"", "not the number"},
		"run=ab&worst=0&corrects=-1":               {"", "not the number"},
		"run=ab&worst=0&note=%ff":                  {"note", "not text"},
	} {
		values, err := url.ParseQuery(sent)
		if err != nil {
			t.Fatal(err)
		}
		_, form := readPain(values, formTime(), time.UTC)
		if !slices.ContainsFunc(form.Faults[want.field], func(s string) bool { return strings.Contains(s, want.text) }) {
			t.Errorf("%s: faults %q, want %q at %q", sent, form.Faults, want.text, want.field)
		}
	}
	long := url.Values{"run": {"ab"}, "worst": {"0"}, "note": {strings.Repeat("ö", maxNote+1)}}
	if _, form := readPain(long, formTime(), time.UTC); len(form.Faults["note"]) != 1 {
		t.Errorf("a note too long: %v", form.Faults)
	}
	long["note"] = []string{strings.Repeat("ö", maxNote)}
	if _, form := readPain(long, formTime(), time.UTC); len(form.Faults) != 0 {
		t.Errorf("a long note: %v", form.Faults)
	}
}

// An entry that is opened to be corrected, and sent as it is, says the same.
func TestTypedPainReadsBack(t *testing.T) {
	three, _ := gait.AtLeastScore(3)
	zone := time.FixedZone("", 2*3600)
	for _, want := range []gait.Pain{
		{ID: 3, Run: "ab", Site: gait.Knee, Side: gait.Both, Worst: exactly(5), Start: exactly(0), End: exactly(5), Morning: exactly(1), Kind: gait.Tight, Worsening: gait.Yes, Limping: gait.No, Note: "a\nb"},
		{ID: 4, At: time.Date(2026, 5, 1, 18, 30, 7, 0, zone), Site: gait.Back, Worst: three, Focal: gait.Yes, Night: gait.No, Medication: gait.Yes, DailyLife: gait.No, Mood: gait.Yes},
		{ID: 5, Run: "ab", Worst: exactly(0)},
	} {
		values := url.Values{}
		for field, v := range typedPain(want, zone).Typed {
			values.Set(field, v)
		}
		got, form := readPain(values, formTime(), zone)
		if len(form.Faults) > 0 {
			t.Errorf("entry %d: faults %v", want.ID, form.Faults)
		}
		got.Entry.ID = got.Corrects
		if diff := cmp.Diff(want, got.Entry, byScore); diff != "" {
			t.Errorf("entry %d: -want +got\n%s", want.ID, diff)
		}
	}
}

func TestMarksAreSoundAndNeverTheSame(t *testing.T) {
	a, b := newFormToken(), newFormToken()
	if a == b || !validFormToken(a) || !validFormToken(b) {
		t.Errorf("marks %q and %q", a, b)
	}
}

// FuzzPainForm: whatever is sent, what passes without a fault is an entry that
// the diary takes.
func FuzzPainForm(f *testing.F) {
	for _, sent := range []string{
		"", "run=latest&worst=0", "run=ab&site=knee+left&worst=3%2B&no_focal=on", "at=yesterday&site=back&night=yes&note=x",
		"run=ab&worst=4&worst=5", "site=knee+left&side=right", "at=0001-01-01&worst=0", "run=%ff&worst=0", "corrects=9&mark=00",
	} {
		f.Add(sent)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		values, err := url.ParseQuery(sent)
		if err != nil {
			t.Skip()
		}
		note, form := readPain(values, formTime(), time.UTC)
		if len(form.Faults) > 0 {
			return
		}
		if err := note.Entry.Validate(); err != nil {
			t.Errorf("%q passed, but: %v", sent, err)
		}
		if note.Entry.RestDay() == note.Entry.At.IsZero() && note.Entry.RestDay() {
			t.Errorf("%q is about no time", sent)
		}
		if note.Entry.At.After(formTime()) {
			t.Errorf("%q is about the future", sent)
		}
	})
}
