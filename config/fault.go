package config

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with the config, with its place and its
// remedy.
type Fault struct {
	File string
	// Line is the key's line, counted from 1; 0 where it has none.
	Line int
	// Key is the whole key, sections included; empty where none is known.
	Key  string
	Text string
}

// Error prints "config.toml:12: notify.email.port: what is wrong".
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	if f.Key != "" {
		fmt.Fprintf(&b, ": %s", f.Key)
	}
	fmt.Fprintf(&b, ": %s", f.Text)
	return strings.TrimPrefix(b.String(), ": ")
}

// Faults are all faults of one config in the order of their lines, never none.
type Faults []Fault

// Error prints one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// gone are the keys that former versions had, each with what stands in its
// place: for one version they are told and ignored.
func gone() map[string]string {
	keys := map[string]string{
		"analysis.coverage":   "it went, and a balance for a part of the run is used for what it is worth: delete the line",
		"analysis.form_limit": "it went, and analysis.ask now counts for the running form too: delete the line",
	}
	for _, key := range []string{
		"habit_runs", "habit_least", "cut_short", "walk_excess", "fade_excess", "long_run", "hard_pace", "changed_load", "changed_pace", "climb",
		"faster", "fast_start", "return_share", "prior_none", "prior_low", "prior_middle", "prior_high", "spike_some", "spike_much", "spike_double",
		"prior_not_a_limp", "prior_limp", "limp_days",
		"new_ends_days", "trend_twice", "after_hours", "bony_modify", "urgent_worst", "sore_hours", "returns_runs",
		"returns_of", "returns_days", "returns_worst", "episode_count", "episode_days", "persists_drop", "persists_days", "morning_twice", "morning_days",
		"unexplained_runs", "unexplained_of", "repeat_days", "grew_from", "minor_worst", "calm_worst", "calm_runs", "stands_days", "morning_silences",
		"hip_times", "ordinary_runs", "goal_after", "purpose_runs",
	} {
		keys["pain."+key] = "this number is fixed now and the line does nothing: delete it"
	}
	for _, key := range []string{
		"baseline_runs", "camber", "slide_spread", "anchor_drift", "minute_noise", "grade_slope", "context_offset",
		"cadence_min", "cadence_max", "speed_min", "stance_min", "stance_max", "grade_max", "after_stop", "balance_max", "frozen_seconds", "lost_points",
		"block_seconds", "pain_room", "shift_every", "within_every", "strap_every", "run_noise", "wander", "wander_runs", "slip_share", "slip_factor",
		"sensor_offset", "sensor_jump", "shift_runs", "ramp_runs", "speed_slope",
	} {
		keys["analysis."+key] = "this number is fixed now and the line does nothing: delete it"
	}
	return keys
}
