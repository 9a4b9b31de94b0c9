package words

import (
	"fmt"
	"strings"

	"gaitkeeper/gait"
)

// maxNote is how many characters of a note a message quotes.
const maxNote = 160

// Entry puts an entry of the diary into a sentence that begins with who said it when, the
// runner's own words first.
func Entry(p gait.Pain, who string) string {
	if note := quoted(p.Note); note != "" {
		who += " " + note
	}
	return who + ": " + EntryFacts(p) + "."
}

// EntryFacts lists what an entry says beside its note: "left knee, dull ache, 4 of 10 at
// worst, limped".
func EntryFacts(p gait.Pain) string {
	if p.NoPain() {
		return "no pain"
	}
	facts := []string{}
	add := func(known bool, format string, args ...any) {
		if known {
			facts = append(facts, fmt.Sprintf(format, args...))
		}
	}
	add(p.Site != gait.NoSite, "%s", Place(p.Side, p.Site))
	add(p.Kind != gait.NoKind, "%s", KindName(p.Kind))
	if p.RestDay() {
		add(p.Worst.Known(), "%v of 10 in walking and daily life", p.Worst)
	} else {
		add(p.Worst.Known(), "%v of 10 at worst", p.Worst)
	}
	add(p.Start.Known(), "%v at the start", p.Start)
	add(p.End.Known(), "%v at the end", p.End)
	add(p.Morning.Known(), "%v the next morning", p.Morning)
	return strings.Join(append(facts, Complaints(p)...), ", ")
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

// EntryLine is an entry of the diary in a list: "left knee, 4 of 10 at worst".
func EntryLine(p gait.Pain) string {
	s := Place(p.Side, p.Site)
	if p.Worst.Known() {
		s += fmt.Sprintf(", %v of 10 at worst", p.Worst)
	}
	if p.Morning.Known() {
		s += fmt.Sprintf(", %v the next morning", p.Morning)
	}
	if p.Note != "" {
		s += ", “" + p.Note + "”"
	}
	return s
}
