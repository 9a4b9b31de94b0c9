package config

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
	} {
		keys["pain."+key] = "this number is fixed now and the line does nothing: delete it"
	}
	for _, key := range []string{"baseline_runs", "camber", "slide_spread", "anchor_drift", "minute_noise", "grade_slope", "context_offset"} {
		keys["analysis."+key] = "this number is fixed now and the line does nothing: delete it"
	}
	return keys
}
