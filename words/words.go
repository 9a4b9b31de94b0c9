// Package words is where gaitkeeper speaks English: it turns the facts of the
// rules, the questions, the advice and the evidence into sentences, for page,
// mail, push message, command line and JSON. Every sentence stands here once. The
// package is pure.
package words

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Words says things to one runner: in the time zone (nil is UTC) and the unit of
// length that the runner uses.
type Words struct {
	Zone  *time.Location
	Miles bool
}

// Reasons puts facts into sentences, in their order. A number of a spot and what
// was measured are said once.
func (w Words) Reasons(facts []finding.Fact) []finding.Reason { return w.tell(facts, false) }

// Beside is [Words.Reasons] where what was measured stands beside them already.
func (w Words) Beside(facts []finding.Fact) []finding.Reason { return w.tell(facts, true) }

func (w Words) tell(facts []finding.Fact, shiftSaid bool) []finding.Reason {
	if len(facts) == 0 {
		return nil
	}
	t := teller{Words: w, numbers: map[gait.Spot]bool{}, shift: shiftSaid, beside: shiftSaid}
	var reasons []finding.Reason
	for i := range facts {
		f := &facts[i]
		text := t.sentence(f)
		if text == "" {
			continue
		}
		if f.Side == gait.Both && f.Site.Leg() && !t.both && !slices.Contains([]finding.Rule{finding.KeepSore, finding.Watch, finding.Return, finding.Flatter}, f.Rule) {
			t.both = true
			text += " When both sides hurt, left-right balance cannot show it."
		}
		reasons = append(reasons, finding.Reason{Rule: f.Rule, Text: text})
	}
	return reasons
}

// teller says the facts of one moment, and remembers what it has said.
type teller struct {
	Words
	numbers map[gait.Spot]bool
	// bones are the spots of which it was said that it can be the bone.
	bones       []gait.Spot
	shift, both bool
	// beside means that what was measured stands elsewhere already.
	beside bool
}

// sentence says one fact; empty where everything in it was said.
func (t *teller) sentence(f *finding.Fact) string {
	for _, say := range []func(*finding.Fact) string{t.stop, t.modify, t.keep, t.professional, t.advice, t.walking} {
		if text := say(f); text != "" {
			return text
		}
	}
	return ""
}

// who names the spot at the beginning of a sentence, with the day where it was
// found earlier: "Your left knee", "On 3 May your left knee".
func (t *teller) who(f *finding.Fact) string {
	if !f.Found.IsZero() {
		return "On " + t.Date(f.Found) + " " + Your(f.Spot)
	}
	return Capital(Your(f.Spot))
}

// hurt says how much a spot hurt, its number once: "hurt 4 of 10".
func (t *teller) hurt(f *finding.Fact) string {
	if !f.Worst.Known() || t.numbers[f.Spot] {
		return "hurt"
	}
	t.numbers[f.Spot] = true
	return "hurt " + f.Worst.String() + " of 10"
}

// fromTo adds the first and the last number, where both are known and not said:
// ", from 2 to 4 of 10".
func (t *teller) fromTo(f *finding.Fact) string {
	if !f.Start.Known() || !f.End.Known() {
		return ""
	}
	t.numbers[f.Spot] = true
	return ", from " + f.Start.String() + " to " + f.End.String() + " of 10"
}

// gotWorse says that a spot got worse in the run.
func (t *teller) gotWorse(f *finding.Fact) string {
	return t.who(f) + " got worse while you ran" + t.fromTo(f) + "."
}

// Purpose says what gaitkeeper is for.
const Purpose = "Notices when your stride turns lopsided, and tells you in time. Not a medical device."

// NotMedical stands once under everything that is said of a pain.
const NotMedical = "gaitkeeper is not a medical device. If you cannot bear weight, felt a pop, or have swelling, " +
	"numbness or chest pain: see a doctor today."

// Professional is the person to ask.
const Professional = "a physical therapist who works with runners"

// Capital begins a sentence.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// List joins words as one says them: "a, b and c".
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
