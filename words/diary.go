package words

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// maxNote is how many characters of a note a message quotes.
const maxNote = 160

// YouSaid begins a quotation, with its day where that is not zero.
func (w Words) YouSaid(day time.Time) string {
	if day.IsZero() {
		return "You said"
	}
	return "On " + day.In(w.zone()).Format("Monday 2 January") + " you said"
}

// Entry puts an entry of the diary into a sentence that begins with who said it when, the
// runner's own words first.
func Entry(p gait.Pain, who string) string {
	if note := quoted(p.Note); note != "" {
		who += " " + note
	}
	return who + ": " + EntryFacts(p) + "."
}

// ScoreName says of which moment a number of the diary is, as the form and the command
// line ask for it.
func ScoreName(field string) string {
	switch field {
	case "start":
		return "At the first steps"
	case "end":
		return "At the last steps"
	case "morning":
		return "The next morning"
	default:
		return "At its worst"
	}
}

// Scores are the numbers of an entry: "4 of 10 at worst", "2 the next morning".
func Scores(p gait.Pain) []string {
	worst := "%v of 10 at worst"
	if p.RestDay() {
		worst = "%v of 10 in walking and daily life"
	}
	var said []string
	for _, s := range []struct {
		score gait.Score
		words string
	}{{p.Worst, worst}, {p.Start, "%v at the start"}, {p.End, "%v at the end"}, {p.Morning, "%v the next morning"}} {
		if s.score.Known() {
			said = append(said, fmt.Sprintf(s.words, s.score))
		}
	}
	return said
}

// EntryFacts lists what an entry says beside its note: "left knee, dull ache, 4 of 10 at
// worst, limped".
func EntryFacts(p gait.Pain) string {
	if p.NoPain() {
		return "no pain"
	}
	var facts []string
	if p.Site != gait.NoSite {
		facts = append(facts, Place(p.Side, p.Site))
	}
	if p.Kind != gait.NoKind {
		facts = append(facts, KindName(p.Kind))
	}
	return strings.Join(slices.Concat(facts, Scores(p), Complaints(p)), ", ")
}

// Outweighed says that an earlier entry says more of a run than the one just noted.
func Outweighed(graver gait.Pain) string {
	return fmt.Sprintf("Entry %d says more of the same run: %s. Both are kept, and the more serious one counts.\n"+
		"  If that was a slip: gaitkeeper pain remove %[1]d", graver.ID, EntryFacts(graver))
}

func quoted(note string) string {
	note = strings.TrimSpace(note)
	if r := []rune(note); len(r) > maxNote {
		note = strings.TrimSpace(string(r[:maxNote])) + "…"
	}
	if note == "" {
		return ""
	}
	return "“" + note + "”"
}

// EntryRest is what an entry says beside its place, numbers and note: "dull ache, limped".
func EntryRest(p gait.Pain) string {
	rest := Complaints(p)
	if p.Kind != gait.NoKind {
		rest = slices.Insert(rest, 0, KindName(p.Kind))
	}
	return strings.Join(rest, ", ")
}

// EntryLine is an entry of the diary in a list: "left knee, 4 of 10 at worst".
func EntryLine(p gait.Pain) string {
	if p.NoPain() {
		return "no pain"
	}
	p.Start, p.End = gait.Score{}, gait.Score{}
	var parts []string
	if p.Site != gait.NoSite {
		parts = append(parts, Place(p.Side, p.Site))
	}
	parts = append(parts, Scores(p)...)
	if p.Note != "" {
		parts = append(parts, "“"+p.Note+"”")
	}
	return strings.Join(parts, ", ")
}
