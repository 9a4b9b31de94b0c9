package gait

import (
	"fmt"
	"slices"
	"strings"
)

// Fixed says of the key of a former version that its number cannot be set any more;
// nil for every other key.
func Fixed(key string) error {
	section, name, _ := strings.Cut(key, ".")
	switch {
	case key == "analysis.coverage":
		return fmt.Errorf("%s: this key is gone: a balance for part of a run now counts for what it is worth", key)
	case key == "analysis.form_limit":
		return fmt.Errorf("%s: this key is gone: analysis.ask now counts for the running form, too", key)
	case section == "pain" && slices.Contains(fixedRules(), name), section == "analysis" && slices.Contains(fixedMeasures(), name):
		return fmt.Errorf("%s: this number is fixed now", key)
	default:
		return nil
	}
}

func fixedRules() []string {
	return strings.Fields(`
		habit_runs habit_least cut_short walk_excess fade_excess long_run hard_pace changed_load changed_pace climb
		faster fast_start return_share prior_none prior_low prior_middle prior_high spike_some spike_much spike_double
		prior_not_a_limp prior_limp limp_days
		new_ends_days trend_twice after_hours bony_modify urgent_worst sore_hours returns_runs
		returns_of returns_days returns_worst episode_count episode_days persists_drop persists_days morning_twice morning_days
		unexplained_runs unexplained_of repeat_days grew_from minor_worst calm_worst calm_runs stands_days morning_silences
		hip_times ordinary_runs goal_after purpose_runs`)
}

func fixedMeasures() []string {
	return strings.Fields(`
		baseline_runs camber slide_spread anchor_drift minute_noise grade_slope context_offset
		cadence_min cadence_max speed_min stance_min stance_max grade_max after_stop balance_max frozen_seconds lost_points
		block_seconds pain_room shift_every within_every strap_every run_noise wander wander_runs slip_share slip_factor
		sensor_offset sensor_jump shift_runs ramp_runs speed_slope`)
}
