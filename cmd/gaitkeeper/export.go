package main

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

type exportCmd struct {
	Format string `enum:"csv,json" default:"csv" help:"csv: one table with a row for each run, diary entry and answer, by time; json: one object with all of them, and with everyday walks if there are any."`
	Only   string `enum:"all,runs,diary,answers" default:"all" help:"Only runs, diary or answers, with columns of their own."`
}

func (c *exportCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		e, err := app.Export(p.ctx)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return api.NewEncoder(p.stdout).Encode(c.chosen(e))
		}
		w := csv.NewWriter(p.stdout)
		if err := w.WriteAll(table(e, c.Only)); err != nil {
			return err
		}
		return w.Error()
	})
}

// chosen returns the part of the export that was asked for.
func (c *exportCmd) chosen(e daemon.Export) any {
	switch c.Only {
	case "runs":
		return map[string]any{"runs": e.Runs}
	case "diary":
		return map[string]any{"diary": e.Diary}
	case "answers":
		return map[string]any{"answers": e.Answers}
	default:
		return e
	}
}

// The columns of the table. Those of a row's kind are filled; what is not known
// is empty, too, and a pain of which only the lower end is known reads 3+.
func runColumns() []string {
	return strings.Fields("duration_s elapsed_s distance_m context title description sources excluded verdict see_professional " +
		"balance_pct baseline_pct shift_points asymmetry short_side log_odds form quality rules")
}

func diaryColumns() []string {
	columns := append(strings.Fields("entry recorded site side worst start end morning kind"), gait.FlagNames()...)
	return append(columns, "note")
}

// table returns the header and the rows, oldest first.
func table(e daemon.Export, only string) [][]string {
	columns := []string{"record", "time", "run"}
	if only == "all" || only == "runs" {
		columns = append(columns, runColumns()...)
	}
	if only == "all" || only == "diary" {
		columns = append(columns, diaryColumns()...)
	}
	if only == "all" || only == "answers" {
		columns = append(columns, "answer")
	}
	rows := [][]string{}
	add := func(record string, part string, at time.Time, run gait.RunID, cells map[string]string) {
		if only != "all" && only != part {
			return
		}
		cells["record"], cells["time"], cells["run"] = record, moment(at), string(run)
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = cells[c]
		}
		rows = append(rows, row)
	}
	for _, r := range e.Runs {
		add("run", "runs", r.Start, r.ID, runCells(r))
	}
	for _, d := range e.Diary {
		add("pain", "diary", d.At, d.Run, painCells(d))
	}
	for _, a := range e.Answers {
		add("answer", "answers", a.Recorded, a.Run, map[string]string{"answer": string(a.Answer)})
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	return append([][]string{columns}, rows...)
}

func runCells(r daemon.ExportedRun) map[string]string {
	var rules, sources []string
	for _, reason := range r.Reasons {
		rules = append(rules, string(reason.Rule))
	}
	for _, s := range r.Sources {
		sources = append(sources, string(s))
	}
	return map[string]string{
		"duration_s": strconv.Itoa(r.DurationS), "elapsed_s": strconv.Itoa(r.ElapsedS), "distance_m": number(r.DistanceM),
		"context": string(r.Context), "title": written(r.Title), "description": written(r.Description), "sources": strings.Join(sources, " "),
		"excluded": strconv.FormatBool(r.Excluded), "verdict": string(r.Verdict), "see_professional": strconv.FormatBool(r.SeeProfessional),
		"balance_pct": number(r.Asymmetry.BalancePct), "baseline_pct": number(r.Asymmetry.BaselinePct), "shift_points": number(r.Asymmetry.ShiftPoints),
		"asymmetry": string(r.Asymmetry.Level), "short_side": string(r.Asymmetry.ShortSide), "log_odds": number(&r.Asymmetry.LogOdds),
		"form": string(r.Form.Level), "quality": string(r.Quality.Balance), "rules": strings.Join(rules, " "),
	}
}

func painCells(d gait.Pain) map[string]string {
	cells := map[string]string{
		"entry": strconv.FormatInt(d.ID, 10), "recorded": moment(d.Recorded), "site": string(d.Site), "side": string(d.Side),
		"kind": string(d.Kind), "note": written(d.Note),
	}
	for name, score := range map[string]gait.Score{"worst": d.Worst, "start": d.Start, "end": d.End, "morning": d.Morning} {
		cells[name] = score.Typed()
	}
	for _, f := range d.Flags() {
		cells[f.Name] = map[gait.YesNo]string{gait.Yes: "yes", gait.No: "no"}[*f.Answer]
	}
	return cells
}

// written makes a text that people wrote fit for a cell: it controls no
// terminal, and no spreadsheet takes it for a formula.
func written(s string) string {
	s = gait.Sanitize(s)
	if strings.IndexAny(s, "=+-@\t") == 0 {
		return "'" + s
	}
	return s
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
