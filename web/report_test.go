package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// reportApp tells how many weeks it was asked for.
type reportApp struct {
	fakeApp
	report Report
	asked  *int
}

func (f reportApp) Report(_ context.Context, weeks int) (Report, error) {
	*f.asked = weeks
	return f.report, nil
}

func points(t *testing.T, n int) gait.Score {
	t.Helper()
	s, err := gait.Exactly(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// someReport is a report with something in each of its parts.
func someReport(t *testing.T) Report {
	t.Helper()
	from := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	shift := -1.2
	at := func(day int) time.Time { return from.AddDate(0, 0, day).Add(8 * time.Hour) }
	bad, err := gait.AtLeastScore(3)
	if err != nil {
		t.Fatal(err)
	}
	return Report{
		Runner: "Ada <Lovelace>", From: from, To: at(20),
		Standing: finding.Standing{Verdict: finding.VerdictModify, Reasons: []finding.Fact{{Rule: finding.ModNew, Spot: gait.Spot{Site: gait.Shin, Side: gait.Left}}}},
		Season:   oneRun(),
		Weeks: []ReportWeek{
			{Monday: from, Runs: 3, Seconds: 7200, Metres: 21097, Longest: 10000, Painful: 1, Worst: points(t, 4), Verdict: finding.VerdictModify},
			{Monday: from.AddDate(0, 0, 7)},
		},
		Runs: []api.Run{
			{Start: at(1), Verdict: finding.VerdictKeep},
			{Start: at(3), Verdict: finding.VerdictModify, Asymmetry: api.Asymmetry{ShiftPoints: &shift}, Reasons: []finding.Reason{{Text: "Because."}}},
		},
		Pain: []gait.Pain{
			{Run: "a", At: at(1), Site: gait.Shin, Side: gait.Left, Worst: points(t, 4), Morning: points(t, 2)},
			{At: at(3), Site: gait.Shin, Side: gait.Left, Worst: bad, Kind: gait.Ache, Night: gait.Yes, Limping: gait.Yes, Note: "<b>worse</b>"},
			{Run: "b", At: at(4), Site: gait.Knee, Side: gait.Both, Worst: points(t, 1)},
		},
		Asked: []ReportAsked{
			{At: at(1), Kind: alert.MessageAlert, Verdict: finding.VerdictAsk, Run: at(1), Answers: []gait.AnswerKind{gait.AnswerHurts}},
			{At: at(2), Kind: alert.MessageMorning},
		},
	}
}

func TestTheReportIsOneFile(t *testing.T) {
	var out bytes.Buffer
	if err := WriteReport(&out, someReport(t), time.UTC, true); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"Running report: Ada &lt;Lovelace&gt;", "2 weeks, Mon 2 Mar 2026 to Sun 22 Mar 2026", "not a diagnosis",
		"As of now: Run, but change something", "Your left shin hurt for the first time in a while.", "2 runs in these weeks: 1 keep running, 1 change something.",
		"<svg xmlns=", `<title>left shin. Tue 3 Mar 2026: 4 of 10 at worst, 2 the next morning; Thu 5 Mar 2026: 3 or more of 10 in walking and daily life.</title>`,
		"13.1 mi", "2:00:00", "−1.2", "Because.", "It hurt", "no answer", "dull ache, limped, disturbed sleep “&lt;b&gt;worse", "both knees", "@page { size: A4",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for _, outside := range []string{"src=", "href=", "url(", "<script", "@import", "<b>worse"} {
		if strings.Contains(text, outside) {
			t.Errorf("the file holds %q: it must need nothing else", outside)
		}
	}
	if strings.Contains(text, `<title>both knees`) {
		t.Error("one number alone is drawn as a course")
	}
}

func TestAnEmptyReport(t *testing.T) {
	var out bytes.Buffer
	if err := WriteReport(&out, Report{From: time.Unix(0, 0), To: time.Unix(1, 0)}, time.UTC, false); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "No pain was entered") || strings.Contains(text, "Runs that stood out") {
		t.Errorf("an empty report says\n%s", text)
	}
}

func TestReportPage(t *testing.T) {
	for path, want := range map[string]int{
		"/report": 8, "/report?weeks=8": 8, "/report?weeks=26": 26,
		"/report?weeks=0": 0, "/report?weeks=53": 0, "/report?weeks=-8": 0, "/report?weeks=many": 0,
	} {
		asked := 0
		code, body := get(t, reportApp{report: someReport(t), asked: &asked}, path, here)
		switch {
		case want == 0 && code != http.StatusBadRequest:
			t.Errorf("%s: status %d", path, code)
		case want > 0 && (code != http.StatusOK || asked != want || !strings.Contains(body, "Load by week")):
			t.Errorf("%s: status %d, %d weeks", path, code, asked)
		}
		if strings.Contains(body, "<style") || strings.Contains(body, "style=") {
			t.Errorf("%s: a style inside the page is forbidden by its own policy", path)
		}
	}
	asked := 0
	if code, _ := get(t, reportApp{asked: &asked}, "/report", elsewhere); code != http.StatusForbidden || asked != 0 {
		t.Errorf("from elsewhere: status %d", code)
	}
}

// What does not fit is counted, not dropped without a word.
func TestALongReportSaysWhatItLeavesOut(t *testing.T) {
	r := someReport(t)
	for range 20 {
		r.Pain, r.Asked, r.Runs = append(r.Pain, r.Pain[0]), append(r.Asked, r.Asked[0]), append(r.Runs, r.Runs[1])
	}
	var out bytes.Buffer
	if err := WriteReport(&out, r, time.UTC, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"15 earlier entries", "17 earlier messages", "16 earlier runs"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}
