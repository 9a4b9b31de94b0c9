package gait

// PainParams are the numbers of the pain rules.
type PainParams struct {
	High            int
	HighBony        int
	Worse           int
	WorseFromZero   int
	SettledMorning  int
	WalkingFree     int
	FreeDays        int
	SettledRuns     int
	SettledWorst    int
	NewDays         int
	NewEndsDays     int
	TrendTwice      int
	TrendOnce       int
	MorningWorst    int
	RestWorst       int
	AfterHours      int
	StableFrom      int
	StableTo        int
	BonyModify      int
	UrgentWorst     int
	LimpWarnPain    int
	LimpAskPain     int
	SoreHours       int
	ReturnsRuns     int
	ReturnsOf       int
	ReturnsDays     int
	ReturnsWorst    int
	EpisodeCount    int
	EpisodeDays     int
	PersistsDrop    float64
	PersistsDays    int
	MorningTwice    int
	MorningDays     int
	GoalDays        int
	UnexplainedRuns int
	UnexplainedOf   int
	ProfessionalDay int
	RepeatDays      int
	LessVolume      float64

	GrewFrom        int
	MinorWorst      int
	CalmWorst       int
	CalmRuns        int
	StandsDays      int
	MorningSilences int
	HipTimes        int
	OrdinaryRuns    int
	PauseDays       int
	GoalAfter       int
	PurposeRuns     int
}

func (p *PainParams) table() []Parameter {
	return p.ruleTable()
}

const (
	therapistA = "physical therapist A"
	therapistB = "physical therapist B"
	judgement  = "ours, a judgement without a source"
)

// ruleTable holds the numbers of the rules themselves.
func (p *PainParams) ruleTable() []Parameter {
	const (
		a    = therapistA
		b    = therapistB
		both = "physical therapists A and B"
		ours = judgement
		pmm  = "pain-monitoring model, Silbernagel et al. 2007 (Achilles; elsewhere ours)"
		nrs  = "Salaffi et al. 2004: a change of 2 points is 'much better'"
	)
	n, f := section("pain").count, section("pain").figure
	return []Parameter{
		n("high", &p.High, 6, 1, 10, "of 10", "STOP-HIGH: the worst pain from which running stops", pmm),
		n("high_bony", &p.HighBony, 4, 1, 10, "of 10", "STOP-HIGH where bone lies close and the pain does not fade", ours),
		n("worse", &p.Worse, 2, 1, 10, "of 10", "STOP-WORSE: the rise from the first step to the last", nrs),
		n("worse_from_zero", &p.WorseFromZero, 4, 1, 10, "of 10", "STOP-WORSE: the end of a run that began without pain", ours),
		n("settled_morning", &p.SettledMorning, 1, 0, 10, "of 10", "a morning up to this has settled, as has one no worse than is usual there", a+"; the number ours"),
		n("walking_free", &p.WalkingFree, 1, 0, 10, "of 10", "walking up to this lowers a stop", ours),
		n("free_days", &p.FreeDays, 2, 1, 30, "days", "days of which something calm is said before a stop falls to modify", ours),
		n("settled_runs", &p.SettledRuns, 2, 1, 10, "runs", "settled runs before a lowered stop falls to keep", ours),
		n("settled_worst", &p.SettledWorst, 2, 0, 10, "of 10", "the worst pain of a settled run", ours),
		n("new_days", &p.NewDays, 28, 1, 365, "days", "MOD-NEW: without pain at the site for so long, a pain is new", "Garmin-RUNSAFE counts a problem in the preceding 28 days as old"),
		n("new_ends_days", &p.NewEndsDays, 14, 1, 365, "days", "MOD-NEW ends after so long", ours),
		n("trend_twice", &p.TrendTwice, 1, 1, 10, "of 10", "MOD-TREND: rise in each of two painful runs in a row", "Salaffi et al. 2004: 1 point is noticeable"),
		n("trend_once", &p.TrendOnce, 2, 1, 10, "of 10", "MOD-TREND: rise at once", nrs),
		n("morning_worst", &p.MorningWorst, 2, 1, 10, "of 10", "MOD-MORNING: the next morning from this on", both+"; the number ours"),
		n("rest_worst", &p.RestWorst, 3, 1, 10, "of 10", "MOD-REST: pain on a rest day from this on", ours),
		n("after_hours", &p.AfterHours, 24, 1, 72, "hours", "MOD-AFTER: pain that comes within so long after the run", b),
		n("stable_from", &p.StableFrom, 3, 1, 10, "of 10", "MOD-STABLE from this worst on", pmm),
		n("stable_to", &p.StableTo, 5, 1, 10, "of 10", "MOD-STABLE and KEEP-WARMS-UP up to this worst", pmm),
		n("bony_modify", &p.BonyModify, 2, 1, 10, "of 10", "MOD-BONE from this worst on", a+"; the number ours"),
		n("urgent_worst", &p.UrgentWorst, 3, 1, 10, "of 10", "groin or sacrum: urgent from this worst on", a+"; the number ours"),
		n("limp_warn_pain", &p.LimpWarnPain, 1, 1, 10, "of 10", "STOP-LIMP: pain beside an asymmetry at warn", ours),
		n("limp_ask_pain", &p.LimpAskPain, 3, 1, 10, "of 10", "STOP-LIMP: pain beside an asymmetry at ask in two runs in a row", ours),
		n("sore_hours", &p.SoreHours, 72, 1, 168, "hours", "KEEP-SORE: muscles may be sore so long after a hard run", ours),
		n("returns_runs", &p.ReturnsRuns, 3, 1, 20, "runs", "PT-RETURNS: painful runs at the site", a+"; the number ours"),
		n("returns_of", &p.ReturnsOf, 6, 1, 50, "runs", "PT-RETURNS: of so many last runs", a+"; the number ours"),
		n("returns_days", &p.ReturnsDays, 14, 1, 365, "days", "PT-RETURNS: since the first modify", a+"; the number ours"),
		n("returns_worst", &p.ReturnsWorst, 2, 1, 10, "of 10", "PT-RETURNS and PT-PERSISTS: a run counts from this worst on", ours),
		n("episode_count", &p.EpisodeCount, 3, 2, 20, "episodes", "PT-RETURNS: episodes at one site", ours),
		n("episode_days", &p.EpisodeDays, 180, 1, 1000, "days", "PT-RETURNS: within so long", ours),
		f("persists_drop", &p.PersistsDrop, 0.20, 0.01, 1, "share", "PT-PERSISTS: the weekly distance has fallen by this", b+"; the number ours"),
		n("persists_days", &p.PersistsDays, 14, 1, 365, "days", "PT-PERSISTS: for so long", b+"; the number ours"),
		n("morning_twice", &p.MorningTwice, 2, 1, 20, "times", "PT-MORNING: MOD-MORNING so often", b+"; the number ours"),
		n("morning_days", &p.MorningDays, 28, 1, 365, "days", "PT-MORNING: within so long", b+"; the number ours"),
		n("goal_days", &p.GoalDays, 42, 1, 365, "days", "PT-GOAL: a race within so long", ours),
		n("unexplained_runs", &p.UnexplainedRuns, 2, 1, 20, "runs", "PT-UNEXPLAINED: asymmetry at warn in so many", ours),
		n("unexplained_of", &p.UnexplainedOf, 3, 1, 20, "runs", "PT-UNEXPLAINED: of so many last runs", ours),
		n("professional_days", &p.ProfessionalDay, 42, 1, 365, "days", "having seen a professional mutes the PT rules so long", ours),
		n("repeat_days", &p.RepeatDays, 28, 1, 365, "days", "see a professional is said again after so long", ours),
		f("less_volume", &p.LessVolume, 0.25, 0.05, 0.9, "share", "LESS-VOLUME: how much less than the last four weeks", ours),
		n("grew_from", &p.GrewFrom, 2, 1, 10, "of 10", "MOD-GREW: the end of a run that began without pain, below worse_from_zero", ours),
		n("minor_worst", &p.MinorWorst, 2, 0, 10, "of 10", "MOD-NEW up to this worst shows on the page only", ours),
		n("calm_worst", &p.CalmWorst, 1, 0, 10, "of 10", "MOD-NEW: the worst of a run that counts as calm", ours),
		n("calm_runs", &p.CalmRuns, 2, 1, 10, "runs", "MOD-NEW ends after so many calm runs in a row", ours),
		n("stands_days", &p.StandsDays, 14, 1, 365, "days", "a modify or a question stands so long where nothing more is heard", ours),
		n("morning_silences", &p.MorningSilences, 3, 1, 20, "times", "unanswered or calm mornings in a row after which the morning is not asked about", ours),
		n("hip_times", &p.HipTimes, 3, 2, 20, "runs", "MOD-BONE in groin, hip or thigh: painful runs without a word on the deep spot before somebody should have a look", a+"; the number ours"),
		n("ordinary_runs", &p.OrdinaryRuns, 2, 1, 10, "runs", "a measured STOP-LIMP ends after so many runs in a row with an ordinary balance and no pain beyond the usual", ours),
		n("pause_days", &p.PauseDays, 14, 5, 100, "days", "RETURN: a pause so long, with pain before it, is followed by the way back", ours),
		n("goal_after", &p.GoalAfter, 7, 1, 60, "days", "PT-GOAL: a modify older than this counts before a race", ours),
		n("purpose_runs", &p.PurposeRuns, 3, 1, 20, "runs", "PT-RETURNS, PT-PERSISTS: who ran less often than this in persists_days did not reduce on purpose", ours),
	}
}
