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
	// RestDay means that the message is about a rest day: Said is its entry.
	RestDay bool
	// Latest is the newest thing the runner said since the trouble began, be it in
	// Said and Answers or not.
	Latest Statement
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
	i := slices.IndexFunc(s.Episodes, func(e finding.Episode) bool { return d.Episode != "" && e.Key == d.Episode })
	if w := newest(s.Pain, s.Answers); i >= 0 && !w.recorded().Before(s.Episodes[i].Opened) {
		c.Latest = w
	}
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
// Empty, it is nothing.
type Statement struct {
	Entry  *gait.Pain
	Answer *gait.Answer
}

func (w Statement) recorded() time.Time {
	switch {
	case w.Entry != nil:
		return w.Entry.Recorded
	case w.Answer != nil:
		return w.Answer.Recorded
	default:
		return time.Time{}
	}
}

// newest returns what was said last.
func newest(pain []gait.Pain, answers []gait.Answer) (w Statement) {
	for i := range pain {
		if w.Entry == nil || pain[i].Recorded.After(w.recorded()) {
			w.Entry = &pain[i]
		}
	}
	for i := range answers {
		if !answers[i].Recorded.Before(w.recorded()) {
			w = Statement{Answer: &answers[i]}
		}
	}
	return w
}

// newest returns the last thing that the runner said of the trouble.
func (c Content) newest() Statement {
	w := newest(c.Said, c.Answers)
	if c.Latest != (Statement{}) && !c.Latest.recorded().Before(w.recorded()) {
		return c.Latest
	}
	return w
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

// ofRun reports whether the run's own assessment says as much as the decision.
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

// spot returns the sore spot the message is about, or none.
func (c Content) spot() gait.Spot {
	placed := slices.DeleteFunc(slices.Clone(c.Said), func(p gait.Pain) bool { return p.Site == gait.NoSite })
	if len(placed) > 0 {
		return slices.MaxFunc(placed, func(a, b gait.Pain) int { return cmp.Compare(a.Worst.Low(), b.Worst.Low()) }).Spot()
	}
	if a := c.Assessment; a != nil && a.Pain.Site != gait.NoSite && !c.RestDay {
		return gait.Spot{Site: a.Pain.Site, Side: a.Pain.Side}
	}
	if k := c.Decision.Kind; k == alert.MessageDigest || k == alert.MessageFollowUp {
		for _, f := range c.Standing.Reasons {
			if f.Site != gait.NoSite {
				return f.Spot
			}
		}
	}
	return gait.Spot{}
}

// sided reports whether a side was measured or said.
func (c Content) sided() bool {
	short := c.evidence().ShortSide
	return short == gait.Left || short == gait.Right ||
		slices.ContainsFunc(c.Said, func(p gait.Pain) bool { return p.Side != gait.NoSide || p.Limping == gait.Yes }) ||
		slices.ContainsFunc(c.Answers, func(a gait.Answer) bool { return a.Kind == gait.AnswerLimp })
}
