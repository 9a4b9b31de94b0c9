package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/gait"
)

// described returns what a description makes, in short: "4 left achilles", and
// the faults of what it does not.
func described(text string) (entries, faults []string) {
	r := gait.Run{ID: "r", Description: text, Origins: []gait.Origin{{Source: gait.SourceStrava, Key: "1"}}}
	made, unread := describe(r)
	for _, p := range made {
		if err := p.Validate(); err != nil {
			panic(err)
		}
		entries = append(entries, strings.Join(strings.Fields(fmt.Sprintf("%v %s %s", p.Worst, p.Side, p.Site)), " "))
	}
	for _, u := range unread {
		faults = append(faults, u.Tag+" | "+u.Fault)
	}
	return entries, faults
}

func TestTagsThatAreUnderstood(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, "an easy run": nil, "#painful #painting #runpain": nil, "see example.org/page#pain": nil,
		"#pain 4 left achilles":                         {"4 left achilles"},
		"Easy. #Pain: LEFT Achilles, 4!":                {"4 left achilles"},
		"#PAIN achilles left 4 was stiff":               {"4 left achilles"},
		"#pain 4/10 left knee":                          {"4 left knee"},
		"#pain4 left knee":                              {"4 left knee"},
		"(#pain four in my right lower calf)":           {"4 right calf"},
		"#pain 3 both shins":                            {"3 both shin"},
		"#pain 3 shin splints left":                     {"3 left shin"},
		"#pain knee right 2":                            {"2 right knee"},
		"#pain 2 left-knee":                             {"2 left knee"},
		"#pain 2 L knee":                                {"2 left knee"},
		"#pain 5 back":                                  {"5 back"},
		"#pain 3 left achilles tendon":                  {"3 left achilles"},
		"#pain 6 hammy r":                               {"6 right hamstring"},
		"#pain 2 plantar fascia left":                   {"2 left heel"},
		"#pain 0":                                       {"0"},
		"#nopain":                                       {"0"},
		"#NoPain today":                                 {"0"},
		"#no-pain":                                      {"0"},
		"#nopain left knee":                             {"0 left knee"},
		"#pain 0 left knee":                             {"0 left knee"},
		"#pain 10 right hip":                            {"10 right hip"},
		"#pain 2 left knee #pain 3 right calf":          {"2 left knee", "3 right calf"},
		"#pain 2 left knee\nthen #pain 3 right calf.":   {"2 left knee", "3 right calf"},
		"#pain 2 left knee. Right calf was fine, 3 km":  {"2 left knee"},
		"#pain 2 left knee, #pain 5 left knee later on": {"5 left knee"},
		"#pain 4 left achilles #strava #run":            {"4 left achilles"},
		"Schöner Lauf 🏃 #pain 4 left achilles 🤕":        {"4 left achilles"},
	} {
		entries, faults := described(text)
		if !slices.Equal(entries, want) || len(faults) > 0 {
			t.Errorf("%q makes %v, want %v; faults: %v", text, entries, want, faults)
		}
	}
}

func TestTagsThatAreReported(t *testing.T) {
	for text, want := range map[string]string{
		"#pain":                                `#pain | the number is missing: write the worst, 0 to 10, as in #pain 4 left achilles`,
		"#pain left knee":                      `#pain left knee | the number is missing`,
		"#pain 4":                              `#pain 4 | where it hurts is missing: name one of foot toes`,
		"#pain 4 left":                         `#pain 4 left | where it hurts is missing`,
		"#pain 4 left leg":                     `#pain 4 left leg | "leg" was not understood, and where it hurts is missing`,
		"#pain very bad 4 left knee":           `#pain very | "very" was not understood, and the number is missing`,
		"#pain 11 left knee":                   `#pain 11 left knee | 11 is not on the scale of 0 to 10`,
		"#pain -4 left knee":                   `#pain -4 left knee | "-4" is not a number from 0 to 10`,
		"#pain 4.5 left knee":                  `#pain 4.5 left knee | "4.5" is not a number`,
		"#pain 3-4 left knee":                  `#pain 3-4 left knee | "3-4" is not a number`,
		"#pain 99999999999999999999 left knee": `#pain 99999999999999999999 left knee | "99999999999999999999" is not a number`,
		"#pain 4 5":                            `#pain 4 5 | it has two numbers, 4 and 5`,
		"#pain 4 left knee 30 min":             `#pain 4 left knee 30 min | 30 is not on the scale`,
		"#pain 4 left knee and right calf":     `#pain 4 left knee right calf | it names two places, knee and calf: write a tag of its own for each`,
		"#pain 4 left right knee":              `#pain 4 left right knee | it names two sides: write both instead, as in #pain 4 both knee, or a tag of its own`,
		"#pain 4 left both knees":              `#pain 4 left both knees | it names both sides and one of them`,
		"#nopain 4 left knee":                  `#nopain 4 left knee | it says both no pain and 4`,
		"#pain 0 left":                         `#pain 0 left | where it hurts is missing`,
	} {
		entries, faults := described(text)
		if len(entries) > 0 || len(faults) != 1 || !strings.HasPrefix(faults[0], want) {
			t.Errorf("%q makes %v and the faults %v, want %s", text, entries, faults, want)
		}
	}
	entries, faults := described("#nopain at first, then #pain 4 left knee")
	if !slices.Equal(entries, []string{"4 left knee"}) || len(faults) != 1 || !strings.Contains(faults[0], "that one counts") {
		t.Errorf("a contradiction makes %v and %v", entries, faults)
	}
}

// TestAPrivateNoteStaysPrivate: an entry knows which text it is from, and of a
// note nothing but the tag's name is told.
func TestAPrivateNoteStaysPrivate(t *testing.T) {
	r := gait.Run{
		ID: "r", Description: "#pain 2 left knee", PrivateNote: "slept badly #pain 5 left knee #pain 3 left elbow #pain 3 elbow2",
		Origins: []gait.Origin{{Source: gait.SourceStrava, Key: "1"}},
	}
	entries, unread := describe(r)
	told := gait.TextSource{Source: gait.SourceStrava, Key: "1", Text: gait.TextPrivateNote}
	five, _ := gait.Exactly(5)
	if diff := cmp.Diff([]gait.Pain{{Run: "r", Site: gait.Knee, Side: gait.Left, Worst: five, FromText: told}}, entries, cmp.AllowUnexported(gait.Score{})); diff != "" {
		t.Error(diff)
	}
	if len(unread) != 2 {
		t.Errorf("unread: %+v", unread)
	}
	for _, u := range unread {
		if u.Source != told || u.Tag != "#pain" || strings.Contains(u.Fault, "elbow") {
			t.Errorf("unread: %+v", u)
		}
	}
}

// TestAnyOrderOfTheWordsSaysTheSame: number, side and site in any order, in any
// case, between any punctuation, in any text.
func TestAnyOrderOfTheWordsSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10).Draw(t, "number")
		site := rapid.SampledFrom(gait.Sites()).Draw(t, "site")
		side := rapid.SampledFrom([]gait.Side{gait.NoSide, gait.Left, gait.Right, gait.Both}).Draw(t, "side")
		words := []string{fmt.Sprint(n), string(site)}
		if side != gait.NoSide {
			words = append(words, string(side))
		}
		words = rapid.Permutation(words).Draw(t, "order")
		text := rapid.SampledFrom([]string{"", "Good run. ", "nice #run ", "(", "a\n"}).Draw(t, "before") + "#pain"
		for _, w := range words {
			text += rapid.SampledFrom([]string{" ", ", ", ": ", " *", "  "}).Draw(t, "between") + w
		}
		text += rapid.SampledFrom([]string{"", ".", " #tag", "\nmore", " – tired", "; 3 laps", " km 5"}).Draw(t, "after")
		if rapid.Bool().Draw(t, "loud") {
			text = strings.ToUpper(text)
		}
		want := strings.Join(strings.Fields(fmt.Sprintf("%d %s %s", n, side, site)), " ")
		entries, faults := described(text)
		if !slices.Equal(entries, []string{want}) || len(faults) > 0 {
			t.Fatalf("%q makes %v, want %s; faults %v", text, entries, want, faults)
		}
	})
}

// FuzzDescribe: no text makes an entry that the diary refuses, and every tag is
// either an entry or reported.
func FuzzDescribe(f *testing.F) {
	for _, text := range []string{
		"#pain 4 left achilles", "#nopain", "#pain 4 5", "#pain", "x#pain 3 knee", "#PAIN 4/10 L-Knee, #pain 0", "#pain\x00\xff 4", "##pain# 3 both shins",
	} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, description, note string) {
		r := gait.Run{ID: "r", Start: time.Unix(0, 0), Description: description, PrivateNote: note}
		entries, unread := describe(r)
		places := map[string]bool{}
		for _, p := range entries {
			if err := p.Validate(); err != nil {
				t.Errorf("%q, %q: %v", description, note, err)
			}
			if n, exact := p.Worst.Number(); !exact || n < 0 || n > gait.MaxScore {
				t.Errorf("%q, %q: worst %v", description, note, p.Worst)
			}
			if place := string(p.Side) + " " + string(p.Site); places[place] {
				t.Errorf("%q, %q: two entries about %s", description, note, place)
			} else {
				places[place] = true
			}
		}
		tags := len(findTags(description)) + len(findTags(note))
		if len(entries)+len(unread) > tags || tags > 0 && len(entries)+len(unread) == 0 {
			t.Errorf("%q, %q: %d tags, %d entries, %d unread", description, note, tags, len(entries), len(unread))
		}
		for _, u := range unread {
			if u.Fault == "" || u.Tag == "" || strings.Contains(u.Fault, "\n") {
				t.Errorf("%q, %q: unread %+v", description, note, u)
			}
		}
	})
}

// A sign of danger is heard in a text without a tag, too, where the sentence is
// about the runner's body.
func TestDangerIsHeardWithoutATag(t *testing.T) {
	for text, want := range map[string]string{
		"Felt good. My left calf popped at 5k.":          "left calf: my left calf popped at 5k",
		"#pain 4 left calf, then it popped":              "4 left calf: #pain 4 left calf, then it popped",
		"#nopain but chest pain on the hill":             "0: , : chest pain on the hill",
		"Swollen river, popped a gel, chest strap died":  "",
		"#pain 3 left knee. Right ankle swollen, rolled": "3 left knee: , right ankle: right ankle swollen, rolled",
	} {
		r := gait.Run{ID: "r", Description: text, Origins: []gait.Origin{{Source: gait.SourceStrava, Key: "1"}}}
		made, _ := describe(r)
		said := []string{}
		for _, p := range made {
			if err := p.Validate(); err != nil {
				t.Errorf("%q: %v", text, err)
			}
			number := strings.TrimPrefix(p.Worst.String(), "unknown")
			said = append(said, strings.Join(strings.Fields(number+" "+string(p.Side)+" "+string(p.Site)), " ")+": "+p.Note)
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	private := gait.Run{ID: "r", PrivateNote: "Argued with Kim. Left calf popped", Origins: []gait.Origin{{Source: gait.SourceStrava, Key: "1"}}}
	if made, _ := describe(private); len(made) != 1 || made[0].Note != "a pop" {
		t.Errorf("of a private note the sign alone is kept: %+v", made)
	}
}
