package rules

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// Judge runs every rule over the case. It changes nothing that the case points
// to.
func Judge(c Case) Outcome {
	var found []Finding
	for _, r := range table() {
		found = append(found, c.apply(r)...)
	}
	next := State{Stops: c.stops(found), MutedUntil: c.Before.MutedUntil}
	open := c.stillOpen()
	next.Open = append(slices.Clone(open), staying(found)...)
	found = append(found, c.newElsewhere()...)
	found = append(found, c.standing(next.Stops, found)...)
	found = append(found, c.recalled(unless(open, found))...)
	return c.conclude(found, next)
}

// conclude sorts the findings and takes the verdict from the gravest.
func (c *Case) conclude(found []Finding, next State) Outcome {
	o := Outcome{Verdict: gait.VerdictKeep, Next: next}
	o.Verdict = verdictOf(found)
	found = append(found, c.ptGoal(o.Verdict)...)
	if !o.Verdict.Graver(gait.VerdictKeep) {
		found = append(found, c.watch()...)
	}
	slices.SortStableFunc(found, gravity())
	c.mentionBothSides(found)
	sayOnce(found)
	o.Findings = found
	for _, f := range found {
		o.Professional = o.Professional || f.Professional
		o.Urgent = o.Urgent || f.Urgent
		o.ask(f.Questions...)
	}
	o.Minor = o.Verdict == gait.VerdictModify && !o.Professional && !slices.ContainsFunc(found, func(f Finding) bool {
		return f.Verdict.Graver(gait.VerdictKeep) && !f.Minor
	})
	o.Advice = c.advise(&o)
	return o
}

// ask adds questions that were not asked yet.
func (o *Outcome) ask(questions ...string) {
	for _, q := range questions {
		if !slices.Contains(o.Questions, q) {
			o.Questions = append(o.Questions, q)
		}
	}
}

// verdictOf returns the gravest verdict; learning stands where nothing else
// decides.
func verdictOf(found []Finding) gait.Verdict {
	v := gait.VerdictKeep
	if len(found) == 1 && found[0].Verdict == gait.VerdictLearning {
		v = gait.VerdictLearning
	}
	for _, f := range found {
		if f.Verdict.Graver(v) {
			v = f.Verdict
		}
	}
	return v
}

// gravity orders findings: graver verdicts first, of equals what is urgent and
// then what needs a professional to end it, and the rest as in the table.
func gravity() func(a, b Finding) int {
	place := map[gait.Rule]int{gait.ModStanding: -1}
	for _, r := range table() {
		place[r.name] = len(place)
	}
	place[gait.PTGoal], place[gait.Watch] = len(place), len(place)
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
			first(a.Verdict.Graver(b.Verdict), b.Verdict.Graver(a.Verdict)),
			first(a.Urgent, b.Urgent),
			first(a.Rule == gait.StopBone, b.Rule == gait.StopBone),
			cmp.Compare(place[a.Rule], place[b.Rule]),
		)
	}
}

// mentionBothSides says once of a pain on both sides that the balance cannot
// see it.
func (c *Case) mentionBothSides(found []Finding) {
	for i, f := range found {
		if f.Place.Side == gait.Both && f.Place.Site.Leg() {
			found[i].Text += " Both sides hurt: the balance between left and right cannot see that."
			return
		}
	}
}

// sayOnce leaves out of each finding the sentences that one before it has said;
// one that would say nothing else keeps its words.
func sayOnce(found []Finding) {
	said := map[string]bool{}
	for i, f := range found {
		var left []string
		for sentence := range strings.SplitAfterSeq(f.Text, ". ") {
			key := strings.TrimSuffix(strings.TrimSpace(sentence), ".")
			if !said[key] {
				left = append(left, sentence)
			}
			said[key] = true
		}
		if len(left) > 0 {
			found[i].Text = strings.TrimSpace(strings.Join(left, ""))
		}
	}
}

// unless returns the open findings but for those that were found anew, now or
// later than they.
func unless(open, anew []Finding) []Finding {
	var left []Finding
	for i, f := range open {
		same := func(n Finding) bool { return n.Rule == f.Rule && n.Place == f.Place }
		if !slices.ContainsFunc(anew, same) && !slices.ContainsFunc(open[i+1:], same) {
			left = append(left, f)
		}
	}
	return left
}

// staying returns the findings that stand until more is heard: what a diary
// entry or an answer asked to change, and who to see. MOD-NEW has its own end,
// stops have theirs, and what was measured is decided anew by the next run.
func staying(found []Finding) []Finding {
	var open []Finding
	for _, f := range found {
		if (f.Verdict == gait.VerdictModify || f.Verdict == gait.VerdictAsk) && f.Rule != gait.ModNew {
			open = append(open, f)
		}
	}
	return open
}

// stillOpen returns what stood before and nothing in this case has settled. A
// run decides anew on what was measured, on every place that was spoken of, and
// with "nothing hurts" on all; a rest day only on what an earlier rest day said.
// What was said of a place with painkillers lets nothing fall away.
func (c *Case) stillOpen() []Finding {
	var open []Finding
	for _, f := range c.Before.Open {
		spoken := slices.ContainsFunc(c.Reports, func(r Report) bool {
			return r.Place == f.Place && r.Says() && r.Medication != gait.Yes
		}) ||
			c.Clear != nil && f.Rule != gait.PTUnsure
		replaced := c.Run != nil && (f.Figures || spoken) || c.RestDay && f.RestDay && spoken
		if !replaced && c.stands(f) {
			open = append(open, f)
		}
	}
	return open
}

// stands tells whether time has not ended the finding, nor a professional.
func (c *Case) stands(f Finding) bool {
	muted := f.Professional && f.Verdict == gait.VerdictModify && c.At.Before(c.Before.MutedUntil)
	return c.At.Before(f.Ends(c.Params.Pain)) && !muted
}

// Ends is when the finding ends by time alone.
func (f Finding) Ends(p gait.PainParams) time.Time {
	return f.At.Add(time.Duration(p.StandsDays) * day)
}

// recalled puts the findings of before into the words of now.
func (c *Case) recalled(open []Finding) []Finding {
	recalled := slices.Clone(open)
	for i, f := range recalled {
		if c.Run != nil || c.RestDay {
			recalled[i].Text = "Since " + c.date(f.At) + ": " + f.Text
			recalled[i].Questions = nil
		}
	}
	return recalled
}

// standing returns the findings of the stops that this case has not found anew.
func (c *Case) standing(stops []Stop, found []Finding) []Finding {
	var standing []Finding
	for _, s := range stops {
		anew := slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == s.Rule && f.Place == s.Place })
		if !anew {
			standing = append(standing, s.finding(c))
		}
	}
	return standing
}
