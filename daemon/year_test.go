//go:build !race

package daemon

import (
	"encoding/json"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/smtptest"
	"gaitkeeper/web"
)

// A year of a runner in Berlin goes by in its own fast time: the tasks of the
// schedule come when they are due, through the real pipeline, database and mail
// server. Every promise about messages is counted at the end, and the memory
// that is in use.
func TestAYear(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	h, c := newHome(t), &clock{at: time.Date(2026, 1, 1, 0, 0, 0, 0, zone)}
	h.cfg.Runner.Zone = zone
	h.cfg.Alerts.QuietHours = alert.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour}
	// Three syncs a day: enough, as each takes all that has come.
	h.cfg.Schedule = config.Schedule{Sync: "20 4,12,20 * * *", Morning: "30 7 * * *", Digest: "0 18 * * SUN"}
	y := &year{home: h, clock: c, app: h.open(c.now), sent: map[string][]time.Time{}, sore: map[string]bool{}}
	defer y.app.Close()
	// Two limps, in spring and in autumn, each over the change of the clock.
	evening := c.at.Add(17 * time.Hour)
	y.runs = append(limpSeason(evening, 190, 46, 52)[:60:60], limpSeason(evening, 190, 158, 164)[60:]...)
	for end := c.at.AddDate(1, 0, 0); c.at.Before(end); {
		y.next(t)
	}
	y.promises(t)
}

// year is what a year brings, and what came of it.
type year struct {
	*home
	clock   *clock
	app     *App
	runs    []gait.Run // those to come
	taken   int
	last    gait.RunID             // the last one that hurt
	sore    map[string]bool        // the mornings after runs that hurt
	sent    map[string][]time.Time // mails by kind
	read    int                    // mails looked at
	kept    uint64                 // bytes of mail that the test server holds
	heap    []uint64               // KiB in use at the end of each quarter, without these
	sundays int
}

// next goes on to the next task that is due and does it.
func (y *year) next(t *testing.T) {
	t.Helper()
	s, due, what := y.cfg.Schedule, time.Time{}, task("")
	for _, job := range []struct {
		when string
		task task
	}{{s.Sync, taskSync}, {s.Morning, taskMorning}, {s.Digest, taskDigest}} {
		if at := nextRun(job.when, y.app.Zone(), y.clock.at); due.IsZero() || at.Before(due) {
			due, what = at, job.task
		}
	}
	quarter := (due.Month() - 1) / 3
	if before := (y.clock.at.Month() - 1) / 3; quarter != before || due.Year() != y.clock.at.Year() {
		y.heap = append(y.heap, inUse()-y.kept>>10)
	}
	y.clock.at = due
	if what == taskSync {
		y.arrive(t)
	}
	if what == taskDigest {
		y.sundays++
	}
	var err error
	switch what {
	case taskSync:
		_, err = y.app.Sync(t.Context(), nil)
	case taskMorning:
		err = y.app.enqueueAlerts(t.Context(), alert.Morning)
	default:
		err = y.app.enqueueAlerts(t.Context(), alert.Digest)
	}
	if err != nil {
		t.Fatalf("%s at %v: %v", what, due, err)
	}
	if _, err := y.app.deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, kind := range y.look() {
		if kind == string(alert.MessageMorning) {
			y.answer(t)
		}
	}
}

// answer says how the calf feels the morning after the last run that hurt.
func (y *year) answer(t *testing.T) {
	t.Helper()
	two, err := gait.Exactly(2) // three calm ones would end the questions
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := y.app.AddPain(t.Context(), string(y.last), gait.Pain{Site: gait.Calf, Side: gait.Right, Morning: two}); err != nil {
		t.Fatal(err)
	}
}

// arrive lets the runs come that have ended. In every tenth one the calf hurt.
func (y *year) arrive(t *testing.T) {
	t.Helper()
	for len(y.runs) > 0 && !y.runs[0].End().After(y.clock.at) {
		run := y.runs[0]
		y.runs = y.runs[1:]
		y.drop(run)
		if y.taken++; y.taken%10 != 0 {
			continue
		}
		if _, err := y.app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		three, err := gait.Exactly(3)
		if err != nil {
			t.Fatal(err)
		}
		pain := gait.Pain{Site: gait.Calf, Side: gait.Right, Worst: three, End: three}
		if _, _, err := y.app.AddPain(t.Context(), string(run.ID), pain); err != nil {
			t.Fatal(err)
		}
		y.sore[run.End().In(y.app.Zone()).AddDate(0, 0, 1).Format(time.DateOnly)] = true
		y.last = run.ID
	}
}

// look sorts the mails that came since the last look and returns their kinds.
func (y *year) look() []string {
	var kinds []string
	for _, m := range y.mail.Mails()[y.read:] {
		y.read++
		y.kept += uint64(len(m.Raw))
		y.sent[m.Kind()] = append(y.sent[m.Kind()], y.clock.at.In(y.app.Zone()))
		kinds = append(kinds, m.Kind())
	}
	return kinds
}

// promises holds what came against what README and the config promise.
func (y *year) promises(t *testing.T) {
	t.Helper()
	for kind, times := range y.sent {
		for _, at := range times {
			if y.cfg.Alerts.QuietHours.Contains(at, at.Location()) {
				t.Errorf("%s in quiet hours, at %v", kind, at)
			}
		}
	}
	if y.taken < 150 || len(y.runs) > 30 {
		t.Fatalf("the year had %d runs, %d are still to come", y.taken, len(y.runs))
	}
	if n := len(y.sent[string(alert.MessageDigest)]); y.sundays < 52 || n < 10 || n > y.sundays*2/3 {
		t.Errorf("%d digests on %d Sundays: some weeks have something to tell, and most have not", n, y.sundays)
	}
	for _, at := range y.sent[string(alert.MessageDigest)] {
		if at.Weekday() != time.Sunday || at.Hour() != 18 {
			t.Errorf("a digest at %v", at)
		}
	}
	asked := map[string]bool{}
	for _, at := range y.sent[string(alert.MessageMorning)] {
		if asked[at.Format(time.DateOnly)] || at.Hour() != 7 || at.Minute() != 30 {
			t.Errorf("a morning question at %v", at)
		}
		asked[at.Format(time.DateOnly)] = true
	}
	for day := range y.sore {
		if !asked[day] {
			t.Errorf("the sore morning of %s was not asked about", day)
		}
	}
	ids := map[string]bool{}
	for _, m := range y.mail.Mails() {
		if ids[m.MessageID()] {
			t.Errorf("%q came twice", m.Header.Get("Subject"))
		}
		ids[m.MessageID()] = true
	}
	y.agree(t)
	t.Logf("%d runs; mails: %v", y.taken, counted(y.mail.Mails()))
	t.Logf("memory in use at the end of each quarter, in KiB: %v", y.heap)
	if first, last := y.heap[0], y.heap[len(y.heap)-1]; last > first+first/4 { // a tenth comes and goes
		t.Errorf("memory grows: %v KiB", y.heap)
	}
}

// agree holds what runs and backtest say of each run's alert against each other,
// and against what was sent.
func (y *year) agree(t *testing.T) {
	t.Helper()
	runs, err := y.app.Runs(t.Context(), time.Time{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	backtest, err := y.app.Backtest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	notices, err := y.app.store.Notices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sent := map[gait.RunID]bool{}
	for _, n := range notices {
		sent[n.Run] = sent[n.Run] || n.Kind == alert.MessageAlert || n.Kind == alert.MessageEscalate
	}
	report, err := y.app.Report(t.Context(), web.MaxReportWeeks)
	if err != nil {
		t.Fatal(err)
	}
	y.reported(t, report, runs, notices)
	for i, run := range runs {
		if played := backtest[i]; run.Alert != played.Alert {
			t.Errorf("%v: runs say %+v, backtest %+v", run.Start, run.Alert, played.Alert)
		}
		if run.Alert.Sends() != sent[run.ID] {
			t.Errorf("%v: runs say %+v, sent %v", run.Start, run.Alert, sent[run.ID])
		}
	}
}

// reported holds the report against what the command line says of each run, and
// against what was sent.
func (y *year) reported(t *testing.T, r web.Report, runs []api.Run, notices []alert.Notice) {
	t.Helper()
	said := map[gait.RunID]api.Run{}
	for _, run := range runs {
		said[run.ID] = run
	}
	for _, run := range r.Runs {
		if diff := cmp.Diff(asJSON(t, said[run.ID]), asJSON(t, run)); diff != "" {
			t.Errorf("%v: the report differs from runs:\n%s", run.Start, diff)
		}
	}
	sent := 0
	for _, n := range notices {
		if !n.At.Before(r.From) && speaksToRunner(n.Kind) {
			sent++
		}
	}
	if len(r.Runs) < 150 || len(r.Asked) != sent {
		t.Errorf("the report has %d runs, and %d messages of %d", len(r.Runs), len(r.Asked), sent)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func counted(mails []smtptest.Mail) map[string]int {
	n := map[string]int{}
	for _, m := range mails {
		n[m.Kind()]++
	}
	return n
}

// inUse returns the KiB of memory that are in use.
func inUse() uint64 {
	runtime.GC()
	runtime.GC() // pools give back what they hold at the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 10
}
