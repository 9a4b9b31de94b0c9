//go:build !race

package daemon

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/smtptest"
)

// A year of four runs a week with one injury, three niggles, a race, an illness
// and a holiday brings few messages, none that repeats itself within a month, and
// none that asks without a tap.
func TestAYearIsQuiet(t *testing.T) {
	t.Parallel()
	s := tellAYear(t)
	for day := range 365 {
		if day%7 != 0 && day%7 != 2 && day%7 != 4 && day%7 != 5 {
			s.passes(day)
			continue
		}
		s.runs4(day)
	}
	mails := s.mail.Mails()
	t.Logf("%d mails: %v", len(mails), counted(mails))
	if len(mails) > 40 {
		t.Errorf("%d mails in a year: %v", len(mails), counted(mails))
	}
	for _, m := range mails {
		if strings.Contains(strings.ReplaceAll(plainText(t, m), "\r", ""), "?\n") && len(linksIn(t, m)) < 2 {
			t.Errorf("asks without a tap: %s\n%s", m.Header.Get("Subject"), plainText(t, m))
		}
	}
	s.repeats(mails)
}

func tellAYear(t *testing.T) *told {
	t.Helper()
	s := &told{life: &life{home: newHome(t), clock: &clock{}}}
	begin := time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC)
	s.usual = simulate.LimpSeason(5, begin, 210, -1, 0, gait.Left)
	s.sparing = simulate.LimpSeason(5, begin, 210, 30, 3, gait.Left)
	s.day0 = begin.Truncate(24 * time.Hour)
	s.cfg.Web.PublicURL = "https://gait.example"
	s.cfg.Runner.Races = []time.Time{s.day0.AddDate(0, 0, 280)}
	return s.begins()
}

// passes lets a day go by: the morning's question, and the digest on Sundays.
func (s *told) passes(day int) {
	s.t.Helper()
	s.hours(day, 8, alert.Morning)
	s.hours(day, 12, nil)
	if day%7 == 6 {
		s.hours(day, 18, alert.Digest)
	}
}

func (s *told) hours(day, hour int, due func(alert.Situation) []alert.Decision) {
	s.t.Helper()
	s.clock.at = s.day0.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
	if due == nil {
		s.sync()
		return
	}
	if err := s.app.enqueueAlerts(s.t.Context(), due); err != nil {
		s.t.Fatal(err)
	}
	s.deliver()
}

// runs4 is a day with a run in the evening, and what the runner says of it.
func (s *told) runs4(day int) {
	s.t.Helper()
	run, say := s.usual[0], gait.Pain{}
	share := 1.0
	switch {
	case day >= 60 && day < 70: // a knee that warms up
		say = at(gait.Right, gait.Knee, 2, 2, 1)
	case day >= 120 && day < 126: // the injury: two runs that spare the left calf
		run, say = s.sparing[0], at(gait.Left, gait.Calf, 4, 3, 4)
	case day >= 126 && day < 138: // rest, and word of it
		s.passes(day)
		s.rested(at(gait.Left, gait.Calf, 0))
		return
	case day >= 138 && day < 152:
		share = []float64{0.5, 0.5, 0.75, 1}[min(3, (day-138)/4)]
	case day >= 200 && day < 203: // a back, once
		say = at(gait.NoSide, gait.Back, 1, 1, 1)
	case day >= 214 && day < 232: // the holiday
		s.passes(day)
		return
	case day == 280:
		share = 1.6
	case day == 282: // sore after the race
		say = at(gait.Both, gait.Thigh, 3)
		say.Kind = gait.Sore
	case day >= 320 && day < 324:
		say = at(gait.Left, gait.Foot, 1, 1, 0)
	}
	s.hours(day, 8, alert.Morning)
	s.clock.at = s.day0.AddDate(0, 0, day).Add(17 * time.Hour)
	s.usual, s.sparing = s.usual[1:], s.sparing[1:]
	run.Start = s.clock.at
	run.ID, s.last = gait.NewRunID(run.Start), gait.NewRunID(run.Start)
	n := min(int(float64(len(run.Samples))*share), len(run.Samples))
	part := float64(n) / float64(len(run.Samples))
	run.Samples, run.Distance = run.Samples[:n], run.Distance*gait.Metres(part)
	run.Duration = time.Duration(float64(run.Duration) * part).Truncate(time.Second)
	run.Elapsed = run.Duration
	s.clock.at = run.End().Add(time.Minute)
	s.drop(run)
	s.sync()
	switch {
	case say.Site != gait.NoSite:
		s.enters(string(s.last), say)
	case day == 175:
		s.taps(gait.AnswerIll)
	case day >= 138 && day < 152 || s.asked():
		s.taps(gait.AnswerNoPain)
	}
}

// asked tells whether a mail has come since the last look.
func (s *told) asked() bool { return len(s.mail.Mails()) > s.read }

func (s *told) rested(p gait.Pain) {
	s.t.Helper()
	p.At = s.clock.at
	s.enters("", p)
}

// repeats finds the sentences that stood in two mails within a month: not the
// question itself with its buttons, how a stop ends, or what a figure is.
func (s *told) repeats(mails []smtptest.Mail) {
	s.t.Helper()
	seen := map[string]time.Time{}
	for _, m := range mails {
		at, err := m.Header.Date()
		if err != nil {
			s.t.Fatal(err)
		}
		body, _, _ := strings.Cut(strings.ReplaceAll(plainText(s.t, m), "\r\n", "\n"), "\n-- \n")
		for _, line := range strings.Split(body, "\n") {
			line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
			if len(line) < 40 || plainLine().MatchString(line) {
				continue
			}
			if before, again := seen[line]; again && at.Sub(before) < 28*24*time.Hour {
				s.t.Errorf("%s and %s (%s): %s", before.Format("2 Jan"), at.Format("2 Jan"), m.Kind(), line)
			}
			seen[line] = at
		}
	}
}

// plainLine are lines that may stand again: links and figures, the verdict's own
// words, the question with its taps, how it ends, and when to ask somebody.
func plainLine() *regexp.Regexp {
	return regexp.MustCompile(strings.Join(slices.Concat([]string{
		`https://`, `^\[Chart`, `\?$`, `^To lift this`, `^If you were not limping`, `^Step \d`, `^Stop running`, `^You can keep`, `round contact balance`, `^The advice not to run`, `^If it gets worse`, `^You said`, `^Your run of`, `^You spent`,
	}), "|"))
}
