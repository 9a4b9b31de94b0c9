package daemon

import (
	goflag "flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

var update = goflag.Bool("update", false, "write the golden lives anew")

// told is a life that is written down day by day: what the runner did and said,
// and every message in full.
type told struct {
	*life
	page []string
	day0 time.Time
	// usual and sparing are the runs to come, with a usual stride and with the left
	// foot spared.
	usual, sparing []gait.Run
	last           gait.RunID
}

// tell begins a life after 30 ordinary runs; day 0 is two days after the last.
func tell(t *testing.T) *told {
	t.Helper()
	begin := time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC)
	s := &told{life: &life{home: newHome(t), clock: &clock{}}}
	s.usual = simulate.LimpSeason(3, begin, 60, -1, 0, gait.Left)
	s.sparing = simulate.LimpSeason(3, begin, 60, 30, 3, gait.Left)
	for _, run := range s.usual[:30] {
		s.drop(run)
	}
	s.day0 = s.usual[29].End().UTC().Truncate(24*time.Hour).AddDate(0, 0, 2)
	s.usual, s.sparing = s.usual[30:], s.sparing[30:]
	s.cfg.Runner.Races = nil
	return s
}

// begins opens the daemon; what the config should say is set before it.
func (s *told) begins() *told {
	s.clock.at = s.day0.Add(-12 * time.Hour)
	s.app = s.open(s.clock.now)
	s.t.Cleanup(func() { _ = s.app.Close() })
	s.sync()
	return s
}

// on lets the days go by until an hour of a day.
func (s *told) on(day, hour int) {
	s.t.Helper()
	end := s.day0.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
	for s.clock.at.Before(end) {
		next := nextRun("35 */4 * * *", time.UTC, s.clock.at)
		digest := nextRun("0 18 * * SUN", time.UTC, s.clock.at)
		next = earliest(next, digest, end)
		s.until(next)
		if next.Equal(digest) {
			if err := s.app.enqueueAlerts(s.t.Context(), alert.Digest); err != nil {
				s.t.Fatal(err)
			}
			s.deliver()
		}
		s.reads()
	}
}

func earliest(times ...time.Time) time.Time {
	first := times[0]
	for _, at := range times {
		if at.Before(first) {
			first = at
		}
	}
	return first
}

// runs is a run at seven of so much of its usual length.
func (s *told) runs(day int, share float64) { s.ran(day, share, s.usual[0]) }

// runsKm is a run of so many kilometres.
func (s *told) runsKm(day int, km float64) {
	s.ran(day, km*1000/float64(s.usual[0].Distance), s.usual[0])
}

// limps is a run that spares the left foot.
func (s *told) limps(day int) { s.ran(day, 1, s.sparing[0]) }

func (s *told) ran(day int, share float64, run gait.Run) {
	s.t.Helper()
	s.on(day, 7)
	s.usual, s.sparing = s.usual[1:], s.sparing[1:]
	n := int(float64(len(run.Samples)) * share)
	run.Samples, run.Start = run.Samples[:n], s.clock.at
	run.ID = gait.NewRunID(run.Start)
	run.Distance *= gait.Metres(share)
	run.Duration = time.Duration(float64(run.Duration) * share).Truncate(time.Second)
	run.Elapsed, s.last = run.Duration, run.ID
	s.note("ran %.1f km", float64(run.Distance)/1000)
	s.until(run.End().Add(time.Minute))
	s.drop(run)
	s.sync()
	s.reads()
}

// says is an entry about the last run, as the runner would type it.
func (s *told) says(words string, p gait.Pain) {
	s.t.Helper()
	s.note("says of the run: %s", words)
	s.enters(string(s.last), p)
}

// rests is an entry at noon of a day without a run.
func (s *told) rests(day int, words string, p gait.Pain) {
	s.t.Helper()
	s.on(day, 12)
	s.note("says of the day: %s", words)
	p.At = s.clock.at
	s.enters("", p)
}

func (s *told) enters(ref string, p gait.Pain) {
	s.t.Helper()
	_, standing, err := s.app.AddPain(s.t.Context(), ref, p)
	if err != nil {
		s.t.Fatal(err)
	}
	s.shown(standing)
}

// taps is an answer by one tap.
func (s *told) taps(kind gait.AnswerKind) {
	s.t.Helper()
	s.note("taps %q", kind)
	_, standing, err := s.app.Answer(s.t.Context(), string(s.last), kind)
	if err != nil {
		s.t.Fatal(err)
	}
	s.shown(standing)
}

// shown writes down what the runner is shown on the spot.
func (s *told) shown(now finding.Standing) {
	s.t.Helper()
	s.page = append(s.page, "  is shown: "+s.app.Words().Todo(now))
	for _, r := range s.app.Words().Reasons(now.Reasons) {
		s.page = append(s.page, fmt.Sprintf("    %s: %s", r.Rule, r.Text))
	}
	s.deliver()
	s.reads()
}

func (s *told) note(format string, args ...any) {
	day := int(s.clock.at.Sub(s.day0).Hours() / 24)
	s.page = append(s.page, "", fmt.Sprintf("Day %d, %s: ", day, s.clock.at.Format("Mon 15:04"))+fmt.Sprintf(format, args...))
}

// reads writes down the mails that came.
func (s *told) reads() {
	s.t.Helper()
	for _, m := range s.mail.Mails()[s.read:] {
		s.read++
		s.note("mail (%s): %s", m.Kind(), m.Header.Get("Subject"))
		for line := range strings.Lines(plainText(s.t, m)) {
			s.page = append(s.page, strings.TrimRight("    | "+strings.TrimRight(line, "\r\n"), " "))
		}
	}
}

// stands checks the verdict as of now.
func (s *told) stands(want finding.Verdict) {
	s.t.Helper()
	if v, rules := verdictOf(s.t, s.app); v != want {
		s.t.Errorf("%s: %s %v, want %s", s.clock.at.Format("2 January"), v, rules, want)
	}
}

// ends holds the life against its golden file.
func (s *told) ends(day int) {
	s.t.Helper()
	s.on(day, 12)
	text := strings.Join(s.page, "\n") + "\n"
	for _, plain := range []struct{ varies, as string }{
		{`https://gait\.example/answer/\S+`, "https://gait.example/answer/TOKEN"},
		{`You spent (a little |clearly )?less time`, "You spent less time"},
		{` \([^)]*about [^)]*usual variation[^)]*\)`, ""},
		{`(?m)^    \| (\[Chart: |Ground contact balance: |Your normal ground).*\n`, "    | (figures)\n"},
	} {
		text = regexp.MustCompile(plain.varies).ReplaceAllString(text, plain.as)
	}
	path := filepath.Join("testdata", "lives", strings.TrimPrefix(s.t.Name(), "TestLife/")+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		s.t.Errorf("the life has changed (go test ./daemon -run TestLife -update, then read it):\n%s", diff)
	}
}
