package rules

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Judge runs every rule over the case. It changes nothing that the case points
// to.
func Judge(c Case) Outcome {
	var all []Finding
	for _, r := range table() {
		all = append(all, c.apply(r)...)
	}
	next := c.Before
	next.Less = c.less()
	next.Stops = c.stops(all)
	next.Plan = c.plan(next.Stops)
	all = append(all, c.planned(next.Plan)...)
	open := c.stillOpen()
	next.Open = append(slices.Clone(open), staying(all)...)
	all = append(all, c.newElsewhere()...)
	all = append(all, c.standing(next.Stops, all)...)
	all = append(all, recalled(unless(open, all), !c.looks())...)
	if !verdictOf(all).MoreSevere(finding.VerdictKeep) {
		all = append(all, c.silent()...)
	}
	return c.conclude(all, next)
}

// conclude sorts the findings, takes the verdict from the most serious, and adds
// what depends on it.
func (c *Case) conclude(all []Finding, next State) Outcome {
	o := Outcome{Verdict: verdictOf(all), Findings: all}
	switch {
	case !o.Verdict.MoreSevere(finding.VerdictAsk):
		next.Since = time.Time{}
	case next.Since.IsZero():
		next.Since = c.At
	}
	if !c.looks() {
		next.Last = c.At
	}
	o.Next = next
	o.Findings = append(o.Findings, c.ptGoal(&o)...)
	if !o.Verdict.MoreSevere(finding.VerdictKeep) {
		o.Findings = append(o.Findings, c.watch()...)
	}
	slices.SortStableFunc(o.Findings, gravity())
	for _, f := range o.Findings {
		o.Professional = o.Professional || f.Professional
		o.Urgent = o.Urgent || f.Urgent
		o.ask(f.Questions...)
	}
	o.Minor = o.Verdict == finding.VerdictModify && !o.Professional && !slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.MoreSevere(finding.VerdictKeep) && !f.Minor
	})
	o.Advice = c.advise(&o)
	return o
}

// onceATrouble reports whether advice that is given once a trouble is due: it
// was not given before the last event. It notes that it is given.
func (o *Outcome) onceATrouble(c *Case, r finding.Rule) bool {
	given, ever := o.Next.once[r]
	if ever && given.Before(o.Next.Since) {
		ever = false
	}
	if !ever && !c.looks() {
		o.Next.once = maps.Clone(o.Next.once)
		if o.Next.once == nil {
			o.Next.once = map[finding.Rule]time.Time{}
		}
		o.Next.once[r] = c.At
	}
	return !ever || given.Equal(o.Next.Last)
}

// ask adds questions that were not asked yet.
func (o *Outcome) ask(questions ...finding.Question) {
	for _, q := range questions {
		if !slices.ContainsFunc(o.Questions, func(asked finding.Question) bool { return asked == q || asked.Ask == q.Ask && asked.Ask.Wide() }) {
			o.Questions = append(o.Questions, q)
		}
	}
}

// verdictOf returns the most serious verdict; learning stands where nothing else
// decides.
func verdictOf(all []Finding) finding.Verdict {
	v := finding.VerdictKeep
	if len(all) == 1 && all[0].Verdict == finding.VerdictLearning {
		v = finding.VerdictLearning
	}
	for _, f := range all {
		if f.Verdict.MoreSevere(v) {
			v = f.Verdict
		}
	}
	return v
}

// gravity orders findings: more severe verdicts first, of equals what is urgent
// and then what needs a professional to end it, and the rest as in the table.
func gravity() func(a, b Finding) int {
	rules := table()
	first := func(a, b bool) int {
		switch {
		case a == b:
			return 0
		case a:
			return -1
		default:
			return 1
		}
	}
	return func(a, b Finding) int {
		return cmp.Or(
			first(a.Verdict.MoreSevere(b.Verdict), b.Verdict.MoreSevere(a.Verdict)),
			first(a.Urgent, b.Urgent),
			first(a.Rule == finding.StopBone, b.Rule == finding.StopBone),
			cmp.Compare(place(rules, a.Rule), place(rules, b.Rule)),
		)
	}
}

// unless returns the open findings except for those that were found again since.
func unless(open, anew []Finding) []Finding {
	var left []Finding
	for i, f := range open {
		same := func(n Finding) bool { return n.Same(f.Fact) }
		if !slices.ContainsFunc(anew, same) && !slices.ContainsFunc(open[i+1:], same) {
			left = append(left, f)
		}
	}
	return left
}

// staying returns the findings that stand until more is heard: what a diary
// entry or an answer asked to change, and who to see. MOD-NEW has its own end,
// stops have theirs, and what was measured is decided again by the next run.
func staying(all []Finding) []Finding {
	var open []Finding
	for _, f := range all {
		if (f.Verdict == finding.VerdictModify || f.Verdict == finding.VerdictAsk) && f.Rule != finding.ModNew {
			open = append(open, f)
		}
	}
	return open
}

// stillOpen returns what stood before and nothing in this case has settled. A
// run decides again on what was measured, on every spot that was spoken of, and
// with "nothing hurts" on all; a rest day only on what an earlier rest day said.
// What was said of a spot under painkillers ends nothing.
func (c *Case) stillOpen() []Finding {
	var open []Finding
	for _, f := range c.Before.Open {
		spoken := slices.ContainsFunc(c.Reports, func(r Report) bool {
			return r.Spot() == f.Spot && r.Says() && r.Medication != gait.Yes
		}) ||
			c.NoPain != nil && f.Rule != finding.PTUnsure
		replaced := c.Run != nil && (f.Figures || spoken) || c.RestDay && f.RestDay && spoken
		if replaced || !c.stands(f) || c.less().Kind == gait.AnswerOtherReason && f.restsOnLess() {
			continue
		}
		if c.less().Kind == gait.AnswerCutBack {
			f.Questions = slices.DeleteFunc(slices.Clone(f.Questions), func(q finding.Question) bool { return q.Ask == finding.AskCutBack })
		}
		open = append(open, f)
	}
	return open
}

// stands reports whether time has not ended the finding, nor a professional.
func (c *Case) stands(f Finding) bool {
	muted := f.Professional && f.Verdict == finding.VerdictModify && c.muted()
	return c.At.Before(f.Ends()) && !muted
}

// Ends is when the finding ends by time alone.
func (f Finding) Ends() time.Time { return f.At.Add(days(standsDays)) }

// recalled marks findings of before as such, where something happens: they ask
// nothing again. Where nothing happens they are what was found last.
func recalled(open []Finding, happens bool) []Finding {
	all := slices.Clone(open)
	for i, f := range all {
		if happens {
			all[i].Found, all[i].Questions = f.At, nil
		}
	}
	return all
}

// standing returns the findings of the stops that this case has not found again.
func (c *Case) standing(stops []Stop, all []Finding) []Finding {
	var standing []Finding
	for _, s := range stops {
		anew := slices.ContainsFunc(all, func(f Finding) bool { return f.Same(s.Fact) })
		eased := s.Lowered && slices.ContainsFunc(standing, func(f Finding) bool { return f.Rule == finding.ModStanding && f.Spot == s.Spot })
		if !anew && !eased {
			standing = append(standing, s.finding(c))
		}
	}
	return standing
}
