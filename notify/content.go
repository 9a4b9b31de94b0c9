package notify

import (
	"strings"
	"time"

	"gaitkeeper/alert"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Painter draws the season's chart for a message.
type Painter interface {
	// Season returns a PNG of the balance of the last months with the runner's
	// normal band, the given run marked (none where it is empty), and the same
	// in words. A message whose picture fails goes without it.
	Season(run gait.RunID) (png []byte, alt string, err error)
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
	Assessment *gait.Assessment
	Standing   gait.Standing
	// Said are the diary entries, Answers the answers the message quotes.
	Said    []gait.Pain
	Answers []gait.Answer
	// RestDay tells that the message is about a rest day: Said is its entry.
	RestDay bool
	// Week is what a digest tells of; nil otherwise.
	Week *Week
	// Notes are what a digest says of gaitkeeper itself.
	Notes []gait.Note
	// Sign returns the address that gives a reply by one tap; nil: there is none.
	Sign func(gait.Reply) string
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
	c.Said, c.RestDay = s.Entries(d)
	if c.RestDay {
		return c
	}
	for _, a := range s.Answers {
		if d.Run != "" && a.Run == d.Run {
			c.Answers = append(c.Answers, a)
		}
	}
	return c
}

func (c Content) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// evidence returns what was measured on the decision's run; nothing on a rest day.
func (c Content) evidence() gait.Evidence {
	if c.Assessment == nil || c.RestDay {
		return gait.Evidence{Level: gait.LevelNone}
	}
	return c.Assessment.Evidence
}

// ground returns the reasons, the advice and the questions behind the decision:
// the run's own where it says the same as the decision, else today's.
func (c Content) ground() (reasons, advice []gait.Fact, questions []string) {
	if a := c.Assessment; a != nil && c.Decision.Entry == 0 && a.Verdict == c.Decision.Verdict {
		return a.Reasons, a.Advice, c.words().Questions(a.Questions)
	}
	return c.Standing.Reasons, c.Standing.Advice, c.words().Questions(c.Standing.Questions)
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
	case d.Kind == gait.MessageFollowUp:
		return c.address("/pain/new")
	case d.Kind == gait.MessageMorning && d.Run != "":
		return c.address("/pain/new?run=" + string(d.Run))
	case d.Kind == gait.MessageHealth:
		return c.address("/sources")
	case d.Kind == gait.MessageDigest || d.Run == "" || c.RestDay:
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
		return gait.Place(worst.Side, worst.Site)
	}
	if a := c.Assessment; a != nil && a.Pain.Site != gait.NoSite && !c.RestDay {
		return gait.Place(a.Pain.Side, a.Pain.Site)
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
