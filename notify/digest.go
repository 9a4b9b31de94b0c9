package notify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// digestBody tells of the week: runs, pains, the runner's normal, and what
// stands.
func digestBody(c Content) mailBody {
	w := c.Week
	if w == nil {
		w = &Week{From: gait.Unknown[gait.Percent](), To: gait.Unknown[gait.Percent]()}
	}
	sum := words.NumberOf(len(w.Runs), "run")
	if len(w.Runs) > 0 {
		sum += ", " + c.words().Length(w.Distance)
	}
	l := mailBody{Title: words.SubjectWeek + sum}
	l.Lead = append([]string{c.weekLine(*w, sum)}, c.asOfNow()...)
	l.Short = strings.Join(append([]string{words.Capital(sum) + "."}, l.Lead[1:]...), " ")
	l.add(c.wayBack())
	var pains []string
	for _, p := range w.Pain {
		pains = append(pains, p.At.In(c.zone()).Format("Mon 2 January")+": "+words.EntryLine(p))
	}
	l.add(section{Heading: words.HeadingWhatYouSaid, List: pains})
	l.add(c.runsSection(*w))
	if gait.Known(w.To) {
		l.add(section{Heading: words.HeadingYourNormal, Lines: []string{words.Normal(w.From, w.To)}, Chart: true})
	}
	if v := c.Standing.Verdict; v.MoreSevere(finding.VerdictKeep) && v != finding.VerdictStop && c.Standing.Plan == nil {
		quiet := []finding.Rule{finding.KeepQuiet, finding.KeepClear, finding.Learning, finding.PTGoal}
		l.add(section{Heading: words.HeadingAsOfNow, List: append(c.texts(c.Standing.Reasons, quiet...), c.texts(c.Standing.Advice)...)})
	}
	var notes []string
	for _, n := range c.Notes {
		notes = append(notes, n.Text)
	}
	l.add(section{Heading: words.HeadingAboutGaitkeeper, List: notes})
	return l
}

func (c Content) weekLine(w Week, sum string) string {
	line := words.Capital(sum)
	if w.Usual > 0 {
		line += fmt.Sprintf("; in the four weeks before, %s a week", c.words().Length(w.Usual))
	}
	return line + "."
}

// asOfNow says where the runner stands: a stop in one line.
func (c Content) asOfNow() []string {
	if c.Standing.Verdict != finding.VerdictStop {
		return lines(words.Verdict(c.Standing.Verdict), c.whom())
	}
	since := ""
	if !c.Standing.Since.IsZero() {
		since = c.words().Date(c.Standing.Since)
	}
	return lines(words.NoRunningNow(c.spot(), since), c.whom())
}

// runsSection lists the runs. A stop is told of above, and not of each run again.
func (c Content) runsSection(w Week) section {
	s := section{Heading: words.HeadingRuns}
	for _, r := range w.Runs {
		row := []string{r.Start.In(c.zone()).Format("Mon 2 January"), c.words().Length(r.Distance)}
		if r.Verdict != finding.VerdictStop {
			row = append(row, words.VerdictName(r.Verdict))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// Week is what a digest tells of.
type Week struct {
	Runs     []WeekRun
	Distance gait.Metres
	// Usual is the mean weekly distance of the four weeks before; 0 where there
	// was none.
	Usual gait.Metres
	// Pain are the week's entries, the minor ones included.
	Pain []gait.Pain
	// From and To are the runner's normal balance at the first and last run of
	// the week; unknown where there is none.
	From, To gait.Percent
}

// WeekRun is one run of the week.
type WeekRun struct {
	Start    time.Time
	Distance gait.Metres
	Verdict  finding.Verdict
}

// NewWeek gathers the week of a digest. Runs need no samples; excluded ones are
// left out.
func NewWeek(d alert.Decision, runs []gait.Run, assessments []finding.Assessment, pain []gait.Pain) Week {
	w := Week{From: gait.Unknown[gait.Percent](), To: gait.Unknown[gait.Percent]()}
	of := make(map[gait.RunID]finding.Assessment, len(assessments))
	for _, a := range assessments {
		of[a.Run] = a
	}
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b gait.Run) int { return a.Start.Compare(b.Start) })
	before := d.From.AddDate(0, 0, -28)
	for _, r := range sorted {
		switch {
		case r.Excluded || r.End().After(d.At) || !r.End().After(before):
		case !r.End().After(d.From):
			w.Usual += known(r.Distance) / 4
		default:
			w.add(r, of[r.ID])
		}
	}
	for _, p := range pain {
		if p.At.After(d.From) && !p.At.After(d.At) && !p.NoPain() {
			w.Pain = append(w.Pain, p)
		}
	}
	return w
}

func (w *Week) add(r gait.Run, a finding.Assessment) {
	w.Runs = append(w.Runs, WeekRun{Start: r.Start, Distance: r.Distance, Verdict: a.Verdict})
	w.Distance += known(r.Distance)
	if a.Run == "" || a.Evidence.BaselineRuns == 0 || !gait.Known(a.Evidence.Baseline) {
		return
	}
	if !gait.Known(w.From) {
		w.From = a.Evidence.Baseline
	}
	w.To = a.Evidence.Baseline
}

func known(m gait.Metres) gait.Metres {
	if !gait.Known(m) {
		return 0
	}
	return m
}
