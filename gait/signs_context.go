package gait

import (
	"regexp"
	"slices"
	"strings"
)

// asserted reports whether words that name a sign say that the runner has it
// now: not that it is denied, over, long ago, feared, of tomorrow, or somebody
// else's.
func asserted(sign Signs, said []string, from, to int) bool {
	denied := negated(said, from) && !later(said, to)
	return !denied && !joked(sign, said, to) && !over(sign, said, to) && !longAgo(sign, said, from) && !feared(said, from) && !ofOthers(said[:from])
}

// later reports whether what is denied came in the end: "no swelling until the
// evening".
func later(said []string, to int) bool {
	return slices.ContainsFunc(said[to+1:min(to+3, len(said))], func(w string) bool { return oneOf(w, "until till") })
}

// joked reports whether what was said is a joke about stiff legs: "hobbling down the
// stairs tomorrow". A race or a doctor tomorrow makes no sign harmless.
func joked(sign Signs, said []string, to int) bool {
	rest := said[to+1 : min(to+6, len(said))]
	i := slices.Index(rest, "tomorrow")
	another := func(w string) bool {
		return startsThought(w) || oneOf(w, "before for until till race physio doctor gp see seeing appointment")
	}
	return sign.Has(SaysLimp|SaysNoWeight) && i >= 0 && !slices.ContainsFunc(rest[:i], another)
}

// startsThought reports whether another thought begins with a word.
func startsThought(w string) bool { return oneOf(w, ", and or so then while") }

// oneOf reports whether a word is in a list of words.
func oneOf(w, list string) bool { return slices.Contains(strings.Fields(list), w) }

// negated reports whether one of the three words before says no. A "no" reaches
// over a comma only along a list: "no swelling, numbness or fever", and not "no
// pain, toes numb", "not good, can't stand".
func negated(said []string, at int) bool {
	left, crossed := 3, false
	bare := at+1 == len(said) || oneOf(said[at+1], ", or nor") // one word, as in a list
	for i := at - 1; i >= 0 && left > 0; i-- {
		switch w := said[i]; {
		case w == ",":
			bare = bare && (i == at-1 || i+2 < len(said) && said[i+2] == ",")
			listed := bare || slices.ContainsFunc(said[i:min(at+4, len(said))], func(w string) bool { return oneOf(w, "or nor") })
			if !listed || among(said[at], states()) || negates(said[at]) {
				return false
			}
			left, crossed = 3, true
			continue
		case negates(w) && oneOf(said[i+1], "believe stop help doubt helps helped"):
			return false // "can't stop limping"
		case crossed && (w == "not" || strings.HasSuffix(w, "n't")) && !oneOf(said[i+1], "have had any feel notice"):
			return false // "not good, swelling"
		case negates(w), w == "stopped" && oneOf(said[i+1], "taking using limping hobbling swelling"):
			return true
		}
		left--
	}
	return false
}

func negates(w string) bool {
	return slices.Contains([]string{"no", "not", "never", "without", "nothing", "none", "nor", "neither", "cannot", "zero", "refused", "avoided"}, w) || strings.HasSuffix(w, "n't")
}

// harmless reports whether a sentence names what makes a sign an everyday thing:
// stiff muscles, a run to the toilet, a strap that rubs.
func harmless(sign Signs, said []string) bool {
	has := func(list string) bool {
		return slices.ContainsFunc(said, func(w string) bool { return oneOf(w, list) })
	}
	switch sign {
	case SaysNoWeight, SaysLimp:
		stiff := has("doms squats lunges deadlifts gym") || strings.Contains(strings.Join(said, " "), "leg day")
		return stiff && !oneSided(said)
	case SaysBladder:
		return has("trots toilet loo stomach gut coffee") && !has("control lost numb back")
	case SaysChest:
		danger := slices.ContainsFunc(said, func(w string) bool {
			return oneOf(w, "arm passed passing blacked blacking can't couldn't cannot unable") || among(w, []string{
				"pain*", "pressure", "tight*", "heav*", "burn*", "hurt*", "ach*", "squeez*", "crush*", "stab*", "sharp",
				"breath*", "gasping", "faint*", "collapsed", "flutter*", "skip*", "stutter*", "rac*", "irregular*", "palpitation*", "attack",
			})
		})
		i := slices.Index(said, "chest")
		fine := i >= 0 && slices.ContainsFunc(said[i+1:min(i+4, len(said))], func(w string) bool { return oneOf(w, "fine ok okay") })
		return !danger && (fine || has("strap belt monitor band cough coughing bumped dentist tooth teeth"))
	default:
		return false
	}
}

// oneSided reports whether words name one side, a joint, an accident or a weight that
// a leg does not bear: stiff muscles do not do that.
func oneSided(said []string) bool {
	for i, w := range said {
		before, after := strings.Join(said[max(0, i-1):i], ""), strings.Join(said[i+1:min(i+2, len(said))], "")
		switch {
		case oneOf(w, "crutch crutches knee ankle foot heel achilles hip shin fell dropped popped locked spasm"),
			w == "left" && after != "the",
			w == "right" && !oneOf(before, "walk walking"),
			w == "went" && !oneOf(after, "to for too hard heavy back"),
			w == "weight" && !oneOf(after, "training session room"):
			return true
		}
	}
	return false
}

// state are the signs that come and go; a pop, or a chest that hurt, has happened.
const state = SaysSwelling | SaysHot | SaysNumb | SaysFever | SaysLimp | SaysWeak

// over reports whether the words after a sign take it back: "swelling has gone down",
// "swelling: none". What happened, such as a pop, stays so, and a chest that hurt, too.
func over(sign Signs, said []string, to int) bool {
	rest := said[to+1:]
	for i, w := range rest {
		back := w == "back" && i > 0 && oneOf(rest[i-1], "is was it's came come comes , and") && (i == 1 || !negates(rest[i-2]))
		if back || oneOf(w, "again returned") {
			return false // it came back
		}
	}
	rest = rest[:min(len(rest), 5)]
	if i := slices.Index(rest, ","); i >= 0 {
		rest = rest[:i]
	}
	if len(rest) == 1 && oneOf(rest[0], "none no nope nil zero") {
		return true
	}
	if !sign.Has(state) {
		return false
	}
	for i, w := range rest {
		if i > 0 && negates(rest[i-1]) { // "has not gone down"
			continue
		}
		next := strings.Join(rest[i+1:min(len(rest), i+2)], "")
		switch {
		case w == "went" && (next == "" || next == "away"), w == "gone" && (next == "" || oneOf(next, "down away now completely entirely today")),
			oneOf(w, "went came come has had is it's was") && next == "down" && sign.Has(SaysSwelling),
			oneOf(w, "disappeared vanished subsided resolved"),
			w == "never" && oneOf(next, "came comes happened appeared"):
			return true
		}
	}
	return false
}

// longAgo reports whether the part of the sentence around a word speaks of
// another year, or of a state of another week, and not of something that is
// still there.
func longAgo(sign Signs, said []string, at int) bool {
	from, to := at, at
	for from > 0 && said[from-1] != "," {
		from--
	}
	for to < len(said) && said[to] != "," {
		to++
	}
	part := said[from:to]
	if slices.ContainsFunc(part, func(w string) bool { return oneOf(w, "still again now since today yesterday") }) {
		return false
	}
	for i, w := range part {
		next := strings.Join(part[i+1:min(len(part), i+2)], "")
		if w == yearAgo || oneOf(w, "years months year") && next == "ago" || w == "in" && oneOf(next, months) || w == "used" && next == "to" || w == "back" && next == "then" ||
			w == "last" && oneOf(next, "year season summer winter spring autumn time month") || w == "last" && next == "week" && sign.Has(state) {
			return true
		}
	}
	return false
}

const months = "january february march april may june july august september october november december"

// yearAgo stands for "in 2019".
const yearAgo = "yearago"

// feared reports whether the words before a sign say that it may come: "if it
// swells", "afraid of a pop". What happens whenever the runner does something is
// there: "if I run it swells".
func feared(said []string, at int) bool {
	for i := at - 1; i >= max(0, at-5) && said[i] != ","; i-- {
		switch w := said[i]; {
		case w == "i" && i > 1 && said[i-1] == "if" && oneOf(said[i-2], "asked asks wondered"):
			return true
		case oneOf(w, "because that as after when i run walk"):
			return false
		case oneOf(w, "if case might") && said[i+1] != "have" && at-i <= 3, oneOf(w, "afraid worried scared fear fearing thought"):
			return true
		}
	}
	return false
}

// ofOthers reports whether the words before a sign speak of somebody else. What
// others say of the runner is the runner's: "my wife says that I limp".
func ofOthers(before []string) bool {
	for i := len(before) - 1; i >= 0; i-- {
		w := strings.TrimSuffix(before[i], "'s")
		mine := w == "my" && (i+1 == len(before) || !oneOf(strings.TrimSuffix(before[i+1], "'s"), others))
		switch {
		case mine, oneOf(w, "i i'm i've i'd me mine myself physio doctor doc nurse therapist says said say told tells noticed thinks saw"):
			return false
		case oneOf(w, others), oneOf(w, "he she his her"):
			return true
		}
	}
	return false
}

const others = "wife husband partner son daughter kid kids boy girl dad mum mom brother sister mate mates friend friends buddy colleague teammate dog"

// plain takes out of a text, in lower case, what would be misread: figures get
// words, and compounds that only sound like a sign go.
func plain(text string) string {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	for _, r := range []struct{ hint, old, new string }{
		{"20", `\b(in|summer|winter|spring|autumn) 20\d\d\b`, yearAgo},
		{"temp", `\btemp(erature)?( (of|was|is|at))?:? ?(3[89]([.,]\d)?|37[.,][5-9]|4[01]([.,]\d)?|10[0-5](\.\d)?)\b`, "feverish"},
		{"?", `\?\s*(no|nope|none|not)\b`, " none"},
		{"chest", `\bchest[ -](day|press|workout|freezer|cold|infection|hr|deep)\b|\btreasure chest\b|\bcold (on|in) (my |the )?chest\b`, ""},
		{"sw", `\b(rivers?|creeks?|streams?)( (is|was|were|still|so|all|very))* (swollen|swelled|swelling)\b|\bswollen (rivers?|creeks?|streams?)\b`, ""},
		{"alarm", `\bbefore (the |my )?alarm\b`, ""},
		{"night", `\bnight (race|run|shift|jog|session|trail)s?\b`, ""},
		{"one point", `\bat one point( (in|during|i|it|my|the|when)\b|,|$)`, "$1"},
		{" but ", ` but (it |now )?(is back|it's back|came back|comes back|has come back|has returned|returned|back again)\b`, " and is back"},
		{"fell", `\bfell (race|races|running|run|runner|shoes)\b`, ""},
		{"not", `\bnot (only|just)\b`, ""},
	} {
		if !strings.Contains(text, r.hint) {
			continue
		}
		text = regexp.MustCompile(r.old).ReplaceAllString(text, r.new)
	}
	return text
}
