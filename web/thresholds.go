package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Tuner is what the page needs to try thresholds out. It changes none.
type Tuner interface {
	// Thresholds returns those in force.
	Thresholds() gait.Params
	// Tune returns what the given thresholds would have made of the last year,
	// beside those in force.
	Tune(ctx context.Context, given gait.Params) (Tuning, error)
}

// Tuning compares two settings over the runs of a year.
type Tuning struct {
	// Runs is how many there were; Present and Given count those that would
	// have sent a message.
	Runs, Present, Given int
	// Alerted are the runs that would have sent one under either, oldest first.
	Alerted []TunedRun
}

// TunedRun is one run under both settings.
type TunedRun struct {
	api.Run // in force
	Given   TunedVerdict
}

// TunedVerdict is what other thresholds make of a run.
type TunedVerdict struct {
	Verdict finding.Verdict
	Alert   finding.Alert
}

// shownTunings is how many runs the page lists, the newest.
const shownTunings = 60

// thresholds shows what other thresholds would have made of the last year. The
// address names them as the config does: ?analysis.ask=-3&pain.high=5. A word
// in ?sensitivity sets ask and warn, unless their sliders were moved: the form
// says in was.KEY where they stood.
func (s *Server) thresholds(w http.ResponseWriter, r *http.Request) error {
	inForce := s.app.Thresholds()
	given, faults := readThresholds(r.URL.Query(), inForce)
	page := thresholdsPage{Given: given, InForce: inForce, Faults: faults, Word: wordOf(given)}
	status := http.StatusBadRequest
	if len(faults) == 0 {
		status = http.StatusOK
		tuning, err := s.app.Tune(r.Context(), given)
		if err != nil {
			return err
		}
		page.show(tuning)
		if page.Words, err = s.sensitivities(r.Context(), page); err != nil {
			return err
		}
	}
	return s.render(w, r, status, "thresholds.html", frame{Title: "Thresholds", Nav: "/thresholds", Data: page})
}

// readThresholds returns the thresholds that the address names, and what is
// wrong with it.
func readThresholds(q url.Values, inForce gait.Params) (gait.Params, []string) {
	given := inForce
	var faults []error
	word := q.Get("sensitivity")
	if word != "" {
		faults = append(faults, given.SetSensitivity(gait.Sensitivity(word)))
	}
	for _, key := range slices.Sorted(maps.Keys(q)) {
		value := q.Get(key)
		switch {
		case key == "sensitivity", strings.HasPrefix(key, "was."):
		case word != "" && worded(key) && q.Get("was."+key) == value: // not moved: the word counts
		case q.Has("was."+key) && q.Get("was."+key) != value:
			faults = append(faults, setThreshold(&given, key, rounded(value)))
		default:
			faults = append(faults, setThreshold(&given, key, value))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return inForce, strings.Split(err.Error(), "\n")
	}
	return given, nil
}

// rounded returns a slider's value without the decimals that dragging it leaves.
func rounded(value string) string {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return number(math.Round(v*20) / 20)
}

// worded reports whether the sensitivity sets the threshold.
func worded(key string) bool { return key == "analysis.ask" || key == "analysis.warn" }

// setThreshold sets a threshold that judges runs; those that measure them are
// refused.
func setThreshold(p *gait.Params, key, value string) error {
	with := *p
	if err := with.Assign(key, value); err != nil {
		return err
	}
	if !slices.Equal(p.Analysis.Measurement(), with.Analysis.Measurement()) {
		return fmt.Errorf("%s decides how a run is measured: gaitkeeper backtest --set %s=… tries it out, which takes longer", key, key)
	}
	*p = with
	return nil
}

// wordOf returns the sensitivity that sets ask and warn as they stand, or
// empty.
func wordOf(p gait.Params) gait.Sensitivity {
	for _, word := range gait.Sensitivities() {
		q := p
		if q.SetSensitivity(word) == nil && q == p {
			return word
		}
	}
	return ""
}

// thresholdsPage is what the page of the thresholds shows.
type thresholdsPage struct {
	InForce, Given gait.Params
	Word           gait.Sensitivity
	Faults         []string
	Tuning         Tuning
	// Words are the sensitivities to choose from, the calmest first.
	Words []sensitivityChoice
	// Rows are the runs, newest first; More is how many older ones are left out.
	Rows []TunedRun
	More int
}

// Change says whether the message is new or gone under the given thresholds.
func (r TunedRun) Change() string {
	switch now, then := r.Alert.Sends(), r.Given.Alert.Sends(); {
	case now && then:
		return "a message either way"
	case now:
		return "a message now, none with these"
	default:
		return "a message with these, none now"
	}
}

func (p *thresholdsPage) show(t Tuning) {
	p.Tuning = t
	slices.Reverse(t.Alerted)
	p.More = max(0, len(t.Alerted)-shownTunings)
	p.Rows = t.Alerted[:len(t.Alerted)-p.More]
}

// slider moves one threshold.
type slider struct {
	Key, Label, Meaning string
	From, To, Step      string
	// Value is the given one, as the form sends it; Said and InForce are that and
	// the one in force as a person reads them, of a chance in percent.
	Value, Said, InForce string
	Chance               bool
	// Left and Right say what is at its ends.
	Left, Right string
}

// A slider whose larger number makes gaitkeeper speak later has calmer on its
// right.
const calmer, keener = "calmer", "keener"

// widening are the thresholds whose larger number makes gaitkeeper speak sooner.
func widening() []string { return []string{"pain.goal_days"} }

// mainThresholds are the ones with a slider, with the name it has on the page.
func mainThresholds() [][2]string {
	return [][2]string{
		{"analysis.ask", "A question from"},
		{"analysis.warn", "A warning from"},
		{"analysis.learning_runs", "Learning"},
		{"analysis.refractory_runs", "Not again for"},
		{"pain.high", "Stop from a pain of"},
		{"pain.high_bony", "Stop near a bone from"},
		{"pain.worse", "Stop where it rises by"},
		{"pain.stable_from", "Change something from"},
		{"pain.trend_once", "Change something where a run is worse by"},
		{"pain.morning_worst", "A morning counts from"},
		{"pain.rest_worst", "A day without a run counts from"},
		{"pain.goal_days", "A race is near within"},
	}
}

// withoutRule leaves out the name of a rule before a meaning.
func withoutRule(meaning string) string {
	first, rest, _ := strings.Cut(meaning, " ")
	if strings.Contains(first, "-") && strings.ToUpper(first) == first {
		return rest
	}
	return meaning
}

// Sliders are the main thresholds as they are given.
func (p thresholdsPage) Sliders() []slider {
	given, inForce := p.Given, p.InForce
	var sliders []slider
	for _, main := range mainThresholds() {
		q, ok := given.Lookup(main[0])
		now, _ := inForce.Lookup(main[0])
		if !ok {
			continue
		}
		s := slider{
			Key: q.Key, Label: main[1], Meaning: withoutRule(q.Meaning), Chance: q.Unit == gait.LogOdds, Left: keener, Right: calmer,
			From: number(q.Min), To: number(q.Max), Step: "1", Value: number(q.Value()), Said: amount(q), InForce: amount(now),
		}
		if q.Float != nil {
			s.Step = "any" // a step that its value does not meet would move it
		}
		if slices.Contains(widening(), q.Key) {
			s.Left, s.Right = calmer, keener
		}
		sliders = append(sliders, s)
	}
	return sliders
}

// sensitivityChoice is one word of the sensitivity: what it means, the numbers it
// stands for, and how many messages it would have sent in the last year.
type sensitivityChoice struct {
	Word, Says      string
	Ask, Warn       string
	Sent            int
	Chosen, InForce bool
}

func (s *Server) sensitivities(ctx context.Context, p thresholdsPage) ([]sensitivityChoice, error) {
	var choices []sensitivityChoice
	for _, word := range []gait.Sensitivity{gait.Calm, gait.Balanced, gait.Keen} {
		q := p.InForce
		if err := q.SetSensitivity(word); err != nil {
			return nil, err
		}
		sent := p.Tuning.Given
		if q == p.InForce {
			sent = p.Tuning.Present
		} else if q != p.Given {
			t, err := s.app.Tune(ctx, q)
			if err != nil {
				return nil, err
			}
			sent = t.Given
		}
		choices = append(choices, sensitivityChoice{
			Word: string(word), Says: words.Sensitivity(word), Ask: number(q.Analysis.AskLogOdds), Warn: number(q.Analysis.WarnLogOdds),
			Sent: sent, Chosen: word == p.Word, InForce: word == wordOf(p.InForce),
		})
	}
	return choices, nil
}

// TOML returns the lines of the config that make the given thresholds stand, or
// nothing where they do.
func (p thresholdsPage) TOML() string {
	given, inForce := p.Given, p.InForce
	var out strings.Builder
	section := ""
	line := func(key, value string) {
		before, name, _ := strings.Cut(key, ".")
		if before != section {
			section = before
			fmt.Fprintf(&out, "[%s]\n", section)
		}
		fmt.Fprintf(&out, "%s = %s\n", name, value)
	}
	byWord := p.Word != "" && wordOf(inForce) != "" && p.Word != wordOf(inForce)
	if byWord {
		line("analysis.sensitivity", strconv.Quote(string(p.Word)))
	}
	for i, q := range given.Table() {
		if q.Value() != inForce.Table()[i].Value() && (!byWord || !worded(q.Key)) {
			value := number(q.Value())
			if q.Unit == gait.LogOdds {
				value += " # " + amount(q) // the unit of the slider
			}
			line(q.Key, value)
		}
	}
	return out.String()
}

// amount is the value of a threshold as a person reads it.
func amount(q gait.Parameter) string {
	if q.Unit == gait.LogOdds {
		return words.Limit(q.Value())
	}
	return number(q.Value()) + " " + q.Unit
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
