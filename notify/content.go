package notify

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// ChartRenderer draws the season's chart for a message.
type ChartRenderer interface {
	// Season returns a PNG of the balance of the last months with the runner's
	// normal band, the given run marked (none where it is empty), and the same
	// in words, for a light or a dark page. A message whose picture fails goes without it.
	Season(run gait.RunID, dark bool) (png []byte, alt string, err error)
}

// Content is what a message is made of.
type Content struct {
	Decision alert.Decision
	// Runner is the name to greet, or empty.
	Runner string
	// Miles tells to print distances in miles; otherwise kilometres.
	Miles bool
	// Zone is the runner's time zone; nil is UTC.
	Zone *time.Location
	// PublicURL is what the page's addresses start with; empty: no links.
	PublicURL string
	// Run is the summary of the decision's run, or nil.
	Run *gait.Run
	// Assessment is the fold's word on that run, or nil.
	Assessment *finding.Assessment
	Standing   finding.Standing
	// Said are the diary entries, Answers the answers the message quotes.
	Said    []gait.Pain
	Answers []gait.Answer
	// RestDay tells that the message is about a rest day: Said is its entry.
	RestDay bool
	// Latest is the newest thing the runner said of the same trouble, where that
	// was neither in Said nor in Answers; nil where there is none.
	Latest *Statement
	// Week is what a digest tells of; nil otherwise.
	Week *Week
	// Notes are what a digest says of gaitkeeper itself.
	Notes []alert.Note
	// Sign returns the address that gives a reply by one tap; nil: there is none.
	Sign func(finding.Reply) string
}

// NewContent gathers what the fold and the diary know of a decision. The caller
// adds the runner, the run's summary, the address, the week and the notes.
func NewContent(s alert.Situation, d alert.Decision) Content {
	c := Content{Decision: d, Zone: s.Location(), Standing: s.Standing}
	for i := range s.Assessments {
		if d.Run != "" && s.Assessments[i].Run == d.Run {
			c.Assessment = &s.Assessments[i]
		}
	}
	c.Said, c.RestDay = s.Entries(d.Run, d.Entry)
	c.Latest = latest(s, d)
	if c.RestDay {
		return c
	}
	for _, a := range s.Answers {
		if d.Run != "" && a.Run == d.Run && !a.Kind.OfTheDay() {
			c.Answers = append(c.Answers, a)
		}
	}
	return c
}

// Statement is one thing that the runner said: an entry of the diary or an answer.
type Statement struct {
	Entry  *gait.Pain
	Answer *gait.Answer
}

func (w Statement) recorded() time.Time {
	if w.Entry != nil {
		return w.Entry.Recorded
	}
	return w.Answer.Recorded
}

// latest returns the newest thing said since the decision's episode opened.
func latest(s alert.Situation, d alert.Decision) *Statement {
	i := slices.IndexFunc(s.Episodes, func(e finding.Episode) bool { return e.Key == d.Episode })
	if d.Episode == "" || i < 0 {
		return nil
	}
	var newest *Statement
	add := func(w Statement) {
		if !w.recorded().Before(s.Episodes[i].Opened) && (newest == nil || !w.recorded().Before(newest.recorded())) {
			newest = &w
		}
	}
	for k := range s.Pain {
		add(Statement{Entry: &s.Pain[k]})
	}
	for k := range s.Answers {
		add(Statement{Answer: &s.Answers[k]})
	}
	return newest
}

// newest returns the newest thing that the runner said of the trouble; false where
// nothing was said.
func (c Content) newest() (Statement, bool) {
	var all []Statement
	if c.Latest != nil {
		all = append(all, *c.Latest)
	}
	for i := range c.Answers {
		all = append(all, Statement{Answer: &c.Answers[i]})
	}
	for i := range c.Said {
		all = append(all, Statement{Entry: &c.Said[i]})
	}
	if len(all) == 0 {
		return Statement{}, false
	}
	return slices.MaxFunc(all, func(a, b Statement) int { return a.recorded().Compare(b.recorded()) }), true
}

// newestSaid returns the newest entry that the message is about.
func (c Content) newestSaid() gait.Pain {
	return slices.MaxFunc(c.Said, func(a, b gait.Pain) int { return a.Recorded.Compare(b.Recorded) })
}

func (c Content) zone() *time.Location { return cmp.Or(c.Zone, time.UTC) }

// evidence returns what was measured on the decision's run; nothing on a rest day.
func (c Content) evidence() gait.Evidence {
	if c.Assessment == nil || c.RestDay {
		return gait.Evidence{Level: gait.LevelNone, Balance: gait.Unknown[gait.Percent]()}
	}
	return c.Assessment.Evidence
}

// ground returns the reasons and the advice behind the decision: the run's own
// where it says as much as the decision, else today's.
func (c Content) ground() (reasons, advice []finding.Fact) {
	if c.ofRun() {
		return c.Assessment.Reasons, c.Assessment.Advice
	}
	return c.Standing.Reasons, c.Standing.Advice
}

// questions returns the questions behind the decision.
func (c Content) questions() []finding.Question {
	if c.ofRun() {
		return c.Assessment.Questions
	}
	return c.Standing.Questions
}

// ofRun tells whether the run's own assessment says as much as the decision.
func (c Content) ofRun() bool {
	a := c.Assessment
	return a != nil && !c.RestDay && a.Verdict == c.Decision.Verdict && (a.SeeProfessional || !c.Decision.SeeProfessional)
}

func (c Content) words() words.Words { return words.Words{Zone: c.Zone, Miles: c.Miles} }

func (c Content) urgent() bool {
	return c.Standing.Urgent || c.Assessment != nil && c.Assessment.Urgent
}

// address returns a page's address, or nothing where the page has none.
func (c Content) address(path string) string {
	if c.PublicURL == "" {
		return ""
	}
	return strings.TrimRight(c.PublicURL, "/") + path
}

func (c Content) click() string {
	switch d := c.Decision; {
	case d.Kind == alert.MessageFollowUp:
		return c.address("/pain/new")
	case d.Kind == alert.MessageMorning && d.Run != "":
		return c.address("/pain/new?run=" + string(d.Run))
	case d.Kind == alert.MessageHealth:
		return c.address("/sources")
	case d.Kind == alert.MessageDigest || d.Run == "" || c.RestDay:
		return c.address("/")
	default:
		return c.address("/runs/" + string(d.Run))
	}
}

// place returns the sore spot the message is about, or nothing.
func (c Content) place() string {
	var worst gait.Pain
	for _, p := range c.Said {
		if p.Site != gait.NoSite && (worst.Site == gait.NoSite || p.Worst.Low() > worst.Worst.Low()) {
			worst = p
		}
	}
	if worst.Site != gait.NoSite {
		return words.Place(worst.Side, worst.Site)
	}
	if a := c.Assessment; a != nil && a.Pain.Site != gait.NoSite && !c.RestDay {
		return words.Place(a.Pain.Side, a.Pain.Site)
	}
	if k := c.Decision.Kind; k == alert.MessageDigest || k == alert.MessageFollowUp {
		for _, f := range c.Standing.Reasons {
			if f.Site != gait.NoSite {
				return words.Place(f.Side, f.Site)
			}
		}
	}
	return ""
}

// sided tells whether a side was measured or said.
func (c Content) sided() bool {
	if s := c.evidence().ShortSide; s == gait.Left || s == gait.Right {
		return true
	}
	for _, p := range c.Said {
		if p.Side != gait.NoSide || p.Limping == gait.Yes {
			return true
		}
	}
	for _, a := range c.Answers {
		if a.Kind == gait.AnswerLimp {
			return true
		}
	}
	return false
}
