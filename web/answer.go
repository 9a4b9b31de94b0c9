package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Replies takes what the links of messages say. A run that is gone is
// [gait.ErrNotFound].
type Replies interface {
	// Replied tells what a link is about and whether it was used.
	Replied(ctx context.Context, t Ticket) (Replied, error)
	// Reply records an answer that a link gives, once.
	Reply(ctx context.Context, t Ticket, kind gait.AnswerKind) (Recorded, error)
	// ReplyPain records a diary entry that a link gives about its run, once.
	ReplyPain(ctx context.Context, t Ticket, entry gait.Pain) (Recorded, error)
	// ReplyDetails records the details that were asked after a link's word, once.
	ReplyDetails(ctx context.Context, t Ticket, entry gait.Pain) (Recorded, error)
}

// Replied is what a link is about.
type Replied struct {
	// About is the run, without samples.
	About gait.Run
	// Used is when the link was used, Detailed when its details were given; zero
	// where they were not.
	Used, Detailed time.Time
}

// Recorded is what came of a reply.
type Recorded struct {
	// Fresh means that it was recorded just now, and not by an earlier use.
	Fresh bool
	// Before is where the runner stood before it was recorded, Standing where now.
	Before, Standing finding.Standing
}

// answerPage is what the page behind a link shows.
type answerPage struct {
	Ticket
	Replied
	// Noted means that just now something was recorded; Again that it had been
	// before, so nothing was changed.
	Noted, Again bool
	// Standing is what the answer leads to, or nil; Did says what it has changed.
	Standing *api.Standing
	Did      string
	// Graver are the entries that outweigh the link's "no pain".
	Graver []gait.Pain
	// Faults say why nothing was recorded.
	Faults []string
	Typed  map[string]string
}

// Choices are the replies between which the page asks, with their buttons.
func (p answerPage) Choices() []button { return buttons(p.Kind.Choices()...) }

// Hint says how to find out what the page asks; empty where that needs no word.
func (p answerPage) Hint() string {
	if p.Kind == finding.ReplyNotFelt {
		return words.Feel
	}
	return ""
}

// Morning reports whether the link is about the morning after its run.
func (p answerPage) Morning() bool { return p.Kind.Morning().Known() }

// Details reports whether the page asks for more: the link's word is recorded,
// and leaves the number open.
func (p answerPage) Details() bool {
	return p.open() && !p.Used.IsZero() && p.Detailed.IsZero()
}

// open reports whether the link's word leaves the number open.
func (p answerPage) open() bool {
	return p.Kind == finding.ReplyHurts || p.Kind == finding.ReplyMorningBad && p.Site != gait.NoSite
}

// Numbers are the numbers that "3 or more" leaves open.
func (answerPage) Numbers() []string { return []string{"3", "4", "5", "6", "7", "8", "9", "10"} }

// Body is the picture to choose a place in; choosing it sends the form.
func (answerPage) Body() bodyPicture { return bodyPicture{Send: true} }

// answerYesNo is one question of the form.
type answerYesNo struct{ Name, Question, Typed string }

// YesNo returns a question that may be left open.
func (p answerPage) YesNo(name, question string) answerYesNo {
	return answerYesNo{name, question, p.Typed[name]}
}

// Metres is the run's distance, or nil where it is not known.
func (p answerPage) Metres() *float64 {
	m := float64(p.About.Distance)
	if !gait.Known(p.About.Distance) {
		return nil
	}
	return &m
}

// answerForm is where a link of a message leads. It shows what the link says
// and asks; it changes nothing, however often a mail scanner fetches it.
func (s *Server) answerForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.answerPage(w, r)
	p.Again = !p.Used.IsZero()
	if err != nil {
		return err
	}
	return s.renderAnswer(w, r, http.StatusOK, p)
}

// answer records what a link says. It asks for no password and for no word of
// the browser on where it comes from: the token is the proof, it is sent by
// nothing but the link itself, and it can say one thing only.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) error {
	// ntfy's web app posts from its own address and wants to know what came of it.
	w.Header().Set("Access-Control-Allow-Origin", "*")
	p, err := s.answerPage(w, r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return gait.Refusef("the form did not arrive whole: open the link again")
	}
	recorded, err := s.record(r.Context(), &p, r.PostForm)
	switch {
	case err != nil:
		return runGone(err)
	case len(p.Faults) > 0:
		return s.renderAnswer(w, r, http.StatusBadRequest, p)
	}
	standing := s.words().Standing(recorded.Standing)
	p.Noted, p.Again, p.Standing = recorded.Fresh, !recorded.Fresh, &standing
	if recorded.Fresh {
		p.Did = s.words().Did(p.Kind, recorded.Before, recorded.Standing)
	}
	if p.Kind == finding.ReplyNoPain {
		if p.Graver, err = s.outweighed(r.Context(), gait.NothingHurt(p.Run)); err != nil {
			return err
		}
	}
	return s.renderAnswer(w, r, http.StatusOK, p)
}

// record records what the form of a link says, or says in the page's Faults
// what is missing.
func (s *Server) record(ctx context.Context, p *answerPage, sent url.Values) (recorded Recorded, err error) {
	if sent.Get("details") != "" && p.open() {
		return s.recordDetails(ctx, p, sent)
	}
	if choices := p.Kind.Choices(); len(choices) > 0 {
		chosen := finding.ReplyKind(sent.Get("kind"))
		switch {
		case !p.Used.IsZero():
			recorded.Standing, err = s.app.Standing(ctx)
			return recorded, err
		case !slices.Contains(choices, chosen):
			p.Faults = []string{words.WhichOfTwo}
			return recorded, nil
		}
		p.Kind = chosen
	}
	if p.Morning() && sameDay(s.now(), p.About.Start, s.zone) && p.Used.IsZero() {
		p.Faults = []string{words.MorningToCome}
		return recorded, nil
	}
	if entry, ok := p.Entry(); ok {
		return s.recordEntry(ctx, p, sent, entry)
	}
	kind, _ := p.Kind.Answer()
	recorded, err = s.app.Reply(ctx, p.Ticket, kind)
	p.used(s.now(), err)
	return recorded, err
}

// sameDay reports whether two moments are on the same day in a zone.
func sameDay(a, b time.Time, zone *time.Location) bool {
	return a.In(zone).Format(time.DateOnly) == b.In(zone).Format(time.DateOnly)
}

// recordEntry records what a link says of a spot, once its place is known.
func (s *Server) recordEntry(ctx context.Context, p *answerPage, sent url.Values, entry gait.Pain) (Recorded, error) {
	if p.Site == gait.NoSite && p.Used.IsZero() {
		said := s.read(p, sent, url.Values{"morning": {"0"}}, "site", "side")
		if len(p.Faults) > 0 {
			return Recorded{}, nil
		}
		entry.Site, entry.Side = said.Site, said.Side
	}
	recorded, err := s.app.ReplyPain(ctx, p.Ticket, entry)
	p.used(s.now(), err)
	return recorded, err
}

// recordDetails records what was asked after "it hurts": first the answer
// itself, where a form was sent without it.
func (s *Server) recordDetails(ctx context.Context, p *answerPage, sent url.Values) (Recorded, error) {
	if p.Used.IsZero() {
		if recorded, err := s.record(ctx, p, nil); err != nil || len(p.Faults) > 0 {
			return recorded, err
		}
	}
	entry := gait.Pain{Site: p.Site, Side: p.Side}
	if p.Morning() {
		entry.Morning = s.read(p, sent, url.Values{"site": {string(p.Site)}}, "morning").Morning
	} else {
		entry = s.read(p, sent, url.Values{"worst": {"3+"}}, "worst", "site", "side", "limping", "worsening", "focal")
	}
	if len(p.Faults) > 0 {
		return Recorded{}, nil
	}
	entry.Run = p.Run
	recorded, err := s.app.ReplyDetails(ctx, p.Ticket, entry)
	if err == nil && p.Detailed.IsZero() {
		p.Detailed = s.now()
	}
	return recorded, err
}

// used notes on the page that its link has been used by now, unless that failed.
func (p *answerPage) used(now time.Time, err error) {
	if err == nil && p.Used.IsZero() {
		p.Used = now
	}
}

// read reads some fields of the diary's form; others are passed over, and one
// that was left empty has its value of otherwise.
func (s *Server) read(p *answerPage, sent, otherwise url.Values, fields ...string) gait.Pain {
	known := url.Values{"run": {string(p.Run)}}
	maps.Copy(known, otherwise)
	for _, f := range fields {
		if sent.Get(f) != "" {
			known[f] = sent[f]
		}
	}
	note, form := readPain(known, s.now(), s.zone)
	p.Typed = form.Typed
	for _, field := range slices.Sorted(maps.Keys(form.Faults)) {
		p.Faults = append(p.Faults, form.Faults[field]...)
	}
	return note.Entry
}

// answerPage reads the link of a request and looks up what it is about.
func (s *Server) answerPage(w http.ResponseWriter, r *http.Request) (answerPage, error) {
	w.Header().Set("Referrer-Policy", "no-referrer") // the address is the key
	t, err := s.links.Read(r.PathValue("token"), s.now())
	switch {
	case errors.Is(err, ErrExpired):
		return answerPage{}, refusal{http.StatusGone, words.LinkExpired}
	case err != nil:
		return answerPage{}, refusal{http.StatusForbidden, words.LinkForged}
	}
	replied, err := s.app.Replied(r.Context(), t)
	return answerPage{Ticket: t, Replied: replied}, runGone(err)
}

func (s *Server) renderAnswer(w http.ResponseWriter, r *http.Request, status int, p answerPage) error {
	return s.render(w, r, status, "answer.html", frame{Title: "Your answer", Data: p})
}

// runGone explains that the run of a link is not here.
func runGone(err error) error {
	if errors.Is(err, gait.ErrNotFound) {
		return refusal{http.StatusNotFound, words.LinkRunGone}
	}
	return err
}
