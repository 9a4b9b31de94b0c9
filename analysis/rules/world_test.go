package rules

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// world is a runner for whom the rules are tried: it keeps what a fold keeps.
type world struct {
	t        testing.TB
	c        Case
	evidence gait.Evidence
	measures gait.Measures
	answers  []gait.AnswerKind
}

// newWorld has run 8 km every other day for forty days, flat and without a word.
func newWorld(t testing.TB) *world { return worldWith(t, "") }

// oldPain is such a runner with a pain of 2 that is known and calm: felt twice,
// three weeks ago.
func oldPain(t testing.TB, place string) *world { return worldWith(t, place) }

func worldWith(t testing.TB, place string) *world {
	w := &world{t: t, c: Case{Params: gait.DefaultParams(), Zone: time.UTC}}
	w.usual()
	for d := -40; d < 0; d += 2 {
		if place != "" && (d == -22 || d == -20) {
			w.run(d, w.pain(place+" 2, morning 0"))
		} else {
			w.run(d)
		}
	}
	return w
}

// usual makes the next runs usual again.
func (w *world) usual() {
	w.evidence = gait.Evidence{
		Level: gait.LevelNone, Form: gait.Form{Level: gait.LevelNone}, BaselineRuns: 20,
		Quality: gait.Quality{Balance: gait.BalanceOK},
	}
	w.measures = gait.Measures{Duration: 48 * time.Minute, Distance: 8000, WarmUp: gait.Block{Speed: 2.2}}
	for i := range 40 {
		w.measures.Blocks = append(w.measures.Blocks, gait.Block{Second: int32(330 + 60*i), Speed: 2.8})
	}
	w.answers = nil
}

// shifted gives the next runs a balance that has left the runner's normal.
func (w *world) shifted(level gait.Level, short gait.Side) *world {
	w.evidence.Level, w.evidence.ShortSide, w.evidence.StanceDifference = level, short, 12
	w.evidence.Chart = gait.ChartSudden
	return w
}

// on returns seven in the morning of a day; day 0 is 2 March 2026.
func on(day int) time.Time { return time.Date(2026, 3, 2+day, 7, 0, 0, 0, time.UTC) }

// run is a run on a day, with what was said of it.
func (w *world) run(day int, entries ...gait.Pain) Outcome {
	m := w.measures
	m.Start = on(day)
	w.c.Runs = append(w.c.Runs, NewRunSummary(m))
	last := &w.c.Runs[len(w.c.Runs)-1]
	c := w.c
	c.At, c.Run = last.End, &w.evidence
	c.RunReport = said(c.At, entries, w.answers)
	last.Warned = Asymmetry(c.Run) == gait.LevelWarn && !c.Answered() && !c.Explained()
	last.Silent = !c.Answered() && !c.Explained()
	if Asymmetry(c.Run).Above(gait.LevelNone) {
		last.Short, last.Off = c.Run.ShortSide, c.Run.ShortSide
	}
	return w.judge(c)
}

// told is a run on a day with one entry, or none where the text is empty.
func (w *world) told(day int, entry string) Outcome {
	if entry == "" {
		return w.run(day)
	}
	return w.run(day, w.pain(entry))
}

// rest is an entry at noon of a day.
func (w *world) rest(day int, entries ...gait.Pain) Outcome {
	c := w.c
	c.At, c.RestDay = on(day).Add(5*time.Hour), true
	c.RunReport = said(c.At, entries, nil)
	return w.judge(c)
}

// tap is an answer at noon of a day that counts from then on.
func (w *world) tap(day int, kind gait.AnswerKind) Outcome {
	c := w.c
	c.At, c.Tap = on(day).Add(5*time.Hour), kind
	return w.judge(c)
}

// look is a look at the clock.
func (w *world) look(day int) Outcome { return Look(w.c, on(day)) }

func (w *world) judge(c Case) Outcome {
	o := Judge(c)
	for _, r := range c.Reports {
		course := w.c.course(r.Spot())
		if course == nil {
			course = &SiteHistory{Spot: r.Spot()}
			w.c.Courses = append(w.c.Courses, course)
		}
		c.Remember(course, r, o)
	}
	if c.NoPain != nil {
		for _, course := range w.c.Courses {
			c.Remember(course, *c.NoPain, Outcome{})
		}
	}
	w.c.Before = o.Next
	return o
}

func said(at time.Time, entries []gait.Pain, answers []gait.AnswerKind) RunReport {
	s := RunReport{Answers: answers, Entries: len(entries)}
	var painful []gait.Pain
	for _, e := range entries {
		if e.Recorded.IsZero() {
			e.Recorded = at
		}
		if e.NoPain() {
			s.NoPain = &Join([]gait.Pain{e})[0]
		} else {
			painful = append(painful, e)
		}
	}
	s.Reports = Join(painful)
	return s
}

// pain reads a diary entry: "left achilles 3, start 1, end 2, morning 0, sharp,
// focal, no limping; a note". The number alone is the worst.
func pain(t testing.TB, text string) gait.Pain {
	var p gait.Pain
	score := func(s string) gait.Score {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		v, err := gait.Exactly(n)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	flags := map[string]*gait.YesNo{}
	for _, f := range p.Flags() {
		flags[strings.ReplaceAll(f.Name, "_", "-")] = f.Answer
	}
	text, p.Note, _ = strings.Cut(text, "; ")
	numbers := map[string]*gait.Score{"start": &p.Start, "end": &p.End, "morning": &p.Morning, "worst": &p.Worst}
	for part := range strings.SplitSeq(text, ",") {
		words := strings.Fields(part)
		for i := 0; i < len(words); i++ {
			word := words[i]
			side, err := gait.ParseSide(word)
			switch {
			case err == nil:
				p.Side = side
			case numbers[word] != nil:
				i++
				*numbers[word] = score(words[i])
			case word == "no":
				i++
				*flags[words[i]] = gait.No
			case flags[word] != nil:
				*flags[word] = gait.Yes
			case slices.Contains(gait.Sites(), gait.Site(word)):
				p.Site = gait.Site(word)
			case slices.Contains(gait.PainKinds(), gait.PainKind(word)):
				p.Kind = gait.PainKind(word)
			default:
				p.Worst = score(word)
			}
		}
	}
	p.Run = "run"
	if err := p.Validate(); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return p
}

func (w *world) pain(text string) gait.Pain { return pain(w.t, text) }

// has tells whether a rule is among the reasons.
func (o Outcome) has(rule finding.Rule) bool {
	return slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Rule == rule })
}

// fact is the first of a rule among the reasons and the advice.
func (o Outcome) fact(rule finding.Rule) (finding.Fact, bool) {
	for _, f := range slices.Concat(o.Reasons(), o.Advice) {
		if f.Rule == rule {
			return f, true
		}
	}
	return finding.Fact{}, false
}

func (o Outcome) how(rule finding.Rule) finding.How {
	f, _ := o.fact(rule)
	return f.How
}

// asks tells whether all of these are asked.
func (o Outcome) asks(all ...finding.Ask) bool {
	for _, a := range all {
		if !slices.ContainsFunc(o.Questions, func(q finding.Question) bool { return q.Ask == a }) {
			return false
		}
	}
	return true
}

// names lists the rules that matched, for messages.
func (o Outcome) names() []finding.Rule {
	var names []finding.Rule
	for _, f := range o.Findings {
		names = append(names, f.Rule)
	}
	return names
}
