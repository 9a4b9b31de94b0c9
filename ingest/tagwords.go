package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gaitkeeper/gait"
)

// none marks a word of a tag that is no number.
const none = -1

// lookUp tells what a word of a tag means; false for any other word. What says
// nothing, such as "my", comes back without a number, a side or a site.
func lookUp(text string) (word, bool) {
	w := word{text: text, number: none}
	if strings.ContainsAny(text, "0123456789") {
		w.number, w.fault = number(text)
		return w, true
	}
	if n := slices.Index(numberWords(), text); n >= 0 {
		w.number = n
		return w, true
	}
	if side, ok := sideWord(text); ok {
		w.side = side
		return w, true
	}
	if site, ok := gait.ParseSite(text); ok {
		w.site = site
		return w, true
	}
	return w, slices.Contains(fillers(), text)
}

// number reads a number as it stands: 4, 04, or 4/10.
func number(text string) (n int, fault string) {
	digits := strings.TrimSuffix(text, "/10")
	n, err := strconv.Atoi(digits)
	if err != nil || strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "-") {
		return none, fmt.Sprintf("%q is not a number from 0 to 10: write the worst as one whole number, as in #pain 4 left achilles", text)
	}
	if _, err := gait.Exactly(n); err != nil {
		return none, fmt.Sprintf("%v: write the worst as a whole number, as in #pain 4 left achilles", err)
	}
	return n, ""
}

func numberWords() []string {
	return []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
}

func sideWord(text string) (gait.Side, bool) {
	switch text {
	case "left", "l", "lt", "lhs":
		return gait.Left, true
	case "right", "r", "rt", "rhs":
		return gait.Right, true
	case "both", "bilateral":
		return gait.Both, true
	default:
		return gait.NoSide, false
	}
}

// fillers are words that may stand in a tag and change nothing.
func fillers() []string {
	return []string{
		"my", "the", "in", "on", "at", "of", "and", "side", "tendon", "tendons", "fascia", "splint", "splints", "joint", "joints",
		"muscle", "muscles", "bone", "big", "lower", "low", "upper", "inner", "outer", "front", "worst", "max",
	}
}

// number returns the one number of the tag.
func (t tag) number() (n int, fault string) {
	n = none
	if t.none {
		n = 0
	}
	for _, w := range t.words {
		switch {
		case w.fault != "":
			return none, w.fault
		case w.number == none || w.number == n:
		case n == none:
			n = w.number
		case t.none:
			return none, fmt.Sprintf("it says both no pain and %d: write #nopain alone, or #pain with the number", w.number)
		default:
			return none, fmt.Sprintf("it has two numbers, %d and %d: write only the worst, and a tag of its own for each place", n, w.number)
		}
	}
	if n == none {
		return none, t.understood("the number is missing: write the worst, 0 to 10, as in #pain 4 left achilles")
	}
	return n, ""
}

// site returns the one site of the tag, none for no pain at all.
func (t tag) site() (site gait.Site, fault string) {
	number, _ := t.number()
	for _, w := range t.words {
		if w.site == gait.NoSite || w.site == site {
			continue
		}
		if site != gait.NoSite {
			return "", fmt.Sprintf("it names two places, %s and %s: write a tag of its own for each", site, w.site)
		}
		site = w.site
	}
	if site == gait.NoSite && (number > 0 || t.sided()) {
		return "", t.understood("where it hurts is missing: name one of " + siteNames() + ", as in #pain 4 left achilles")
	}
	return site, ""
}

func (t tag) sided() bool {
	return slices.ContainsFunc(t.words, func(w word) bool { return w.side != gait.NoSide })
}

// side returns the one side of the tag, none where it names none.
func (t tag) side(site gait.Site) (side gait.Side, fault string) {
	var seen []gait.Side
	for _, w := range t.words {
		if w.side != gait.NoSide && !slices.Contains(seen, w.side) {
			seen = append(seen, w.side)
		}
	}
	switch {
	case len(seen) == 0:
		return gait.NoSide, ""
	case len(seen) == 1:
		return seen[0], ""
	case len(seen) == 2 && !slices.Contains(seen, gait.Both):
		return "", fmt.Sprintf("it names two sides: write both instead, as in #pain 4 both %s, or a tag of its own for each side", site)
	default:
		return "", "it names both sides and one of them: write left, right or both"
	}
}

// understood adds to a fault the word at which the tag stopped making sense.
func (t tag) understood(fault string) string {
	if t.next == "" {
		return fault
	}
	return fmt.Sprintf("%q was not understood, and %s", t.next, fault)
}

func siteNames() string {
	var names []string
	for _, s := range gait.Sites() {
		names = append(names, string(s))
	}
	return strings.Join(names, " ")
}
