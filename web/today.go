package web

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Seasons is what the page shows of the runner's season.
type Seasons interface {
	// Standing returns the verdict as of now.
	Standing(ctx context.Context) (finding.Standing, error)
	// Season returns the balance of the last days before the newest run, of all where
	// days is 0; without points where there is nothing to draw.
	Season(ctx context.Context, days int) (chart.Season, error)
	// Walks returns the weeks of everyday walks of the last days, of all where days is
	// 0; none where no phone has measured any.
	Walks(ctx context.Context, days int) (chart.Walks, error)
	// Week returns the running of this week.
	Week(ctx context.Context) (api.Week, error)
}

// todayPage is what the first page shows: the verdict, what to do, and one
// question; the rest stands below, or behind "why".
type todayPage struct {
	api.Standing
	// Todo is what to do in a line.
	Todo string
	// Sore is the spot to be asked about this morning, Ask another question, and
	// AskRun means that the newest run is asked about: one of them at most.
	Sore   *gait.Pain
	Ask    *todayAsk
	AskRun bool
	// Headline is the verdict's, or says that no run has come for long, or none yet.
	Headline string
	// Idle says how long no run has come, where that is long and not the headline.
	Idle string
	// Failing are the sources that bring no runs at present.
	Failing []api.SourceStatus
	// Channels are what messages go through.
	Channels []string
	Week     weekBar
	// Chart is the picture of the season, or nil.
	Chart *drawing
	// Walks is the picture of everyday walks, or nil.
	Walks *drawing
	// Span is how far back it looks, Spans how far it can.
	Span  span
	Spans []span
	// Newest is the newest run, or nil; Last are the last ones, newest first.
	Newest *api.Run
	Last   []api.Run
	// Explain are the answers to a question about the stride; none where
	// nothing is asked.
	Explain []button
	// Again are sites that hurt lately, worth a button.
	Again []gait.Spot
}

const (
	// shownRuns is how many runs the first page lists, and soreRuns in how many it
	// looks for sites that hurt.
	shownRuns = 5
	soreRuns  = 10
	// asked is the age to which a run is asked about; a season without a run for
	// idle says so.
	asked = 4 * 24 * time.Hour
	idle  = 14 * 24 * time.Hour
)

func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	standing, err := s.app.Standing(r.Context())
	season, errSeason := s.season(r)
	walks, errWalks := s.walks(r)
	last, errRuns := s.app.Runs(r.Context(), time.Time{}, soreRuns)
	week, errWeek := s.app.Week(r.Context())
	state, errState := s.app.Operation(r.Context())
	if err := errors.Join(err, errSeason, errWalks, errRuns, errWeek, errState); err != nil {
		return err
	}
	data := todayPage{
		Standing: s.words().Standing(standing), Todo: s.words().Todo(standing), Week: weekBar{week},
		Headline: badgeOf(standing.Verdict).Headline, Channels: s.app.ChannelNames(),
		Failing: slices.DeleteFunc(state.Sources, func(src api.SourceStatus) bool { return src.Error == "" }),
	}
	data.Span, data.Spans = spanOf(r), spans()
	data.Chart, data.Walks = shown("/season.svg?range="+data.Span.Name, season), shown("/walks.svg?range="+data.Span.Name, walks)
	last = slices.DeleteFunc(last, api.Run.Misdated)
	slices.Reverse(last)
	for _, run := range last {
		if spot := (gait.Spot{Site: run.Pain.Site, Side: run.Pain.Side}); run.Pain.Worst.AtLeast(1) && spot.Site != gait.NoSite && !slices.Contains(data.Again, spot) {
			data.Again = append(data.Again, spot)
		}
	}
	data.Last = last[:min(shownRuns, len(last))]
	if len(last) > 0 {
		data.Newest = &last[0]
	}
	if e := standing.Episode; e != nil && e.Measured {
		data.Explain = strideAnswers()
	}
	s.chooseQuestion(&data, standing)
	return s.render(w, r, http.StatusOK, "today.html", frame{Title: data.Headline, Nav: "/", Wide: true, Data: data})
}

// chooseQuestion chooses what the page asks: one thing.
func (s *Server) chooseQuestion(p *todayPage, standing finding.Standing) {
	age, morning := time.Duration(0), false
	if p.Newest != nil {
		age = s.now().Sub(p.Newest.Start)
		morning = !sameDay(s.now(), p.Newest.Start, s.zone)
	}
	ask := s.askToday(standing, age > idle, morning)
	switch open := ask != nil || standing.Verdict == finding.VerdictStop || standing.Verdict == finding.VerdictModify; {
	case p.Newest == nil && !open:
		p.Headline, p.Todo = words.NoRunsYet, words.BringRuns
	case age > idle && open:
		p.Idle = words.NoRunFor(int(age.Hours() / 24))
	case age > idle:
		p.Headline = strings.TrimSuffix(words.NoRunFor(int(age.Hours()/24)), ".")
		p.Todo = words.NothingToAsk
	}
	switch sore := s.soreSince(standing.Morning); {
	case sore != nil:
		p.Sore = sore
	case standing.Verdict == finding.VerdictStop:
		p.Ask = ask
	case p.Newest != nil && !p.Newest.Pain.Answered && age < asked:
		p.AskRun = true
	default:
		p.Ask = ask
	}
}

// weekBar is the running of the week beside what is advised or usual, drawn as a bar.
type weekBar struct{ api.Week }

// full is the end of the bar, in metres: whatever is the most.
func (w weekBar) full() float64 { return max(w.DistanceM, w.Limit(), 1) }

// Ran and Mark are where the running and the limit end on the bar, in percent of it.
func (w weekBar) Ran() int  { return int(math.Round(100 * w.DistanceM / w.full())) }
func (w weekBar) Mark() int { return int(math.Round(100 * w.Limit() / w.full())) }

// Over reports whether more was run than is advised.
func (w weekBar) Over() bool { return w.AdvisedM != nil && w.DistanceM > *w.AdvisedM }

// soreSince returns a pain whose next morning has come.
func (s *Server) soreSince(pain *gait.Pain) *gait.Pain {
	if pain == nil || pain.Run == "" || pain.Site == gait.NoSite {
		return nil
	}
	today, then := s.now().In(s.zone), pain.At.In(s.zone)
	if today.Format(time.DateOnly) <= then.Format(time.DateOnly) {
		return nil
	}
	return pain
}

func (s *Server) season(r *http.Request) (chart.Season, error) {
	return s.app.Season(r.Context(), spanOf(r).days)
}

func (s *Server) walks(r *http.Request) (chart.Walks, error) {
	return s.app.Walks(r.Context(), spanOf(r).days)
}

// span is how far back the season's picture looks.
type span struct {
	// Name stands in the address, Words on the page.
	Name, Words string
	days        int
}

func spans() []span {
	return []span{{"4w", "4 weeks", 28}, {"3m", "3 months", 92}, {"1y", "a year", 365}, {"all", "all", 0}}
}

// spanOf returns the span that the address names, else three months.
func spanOf(r *http.Request) span {
	all := spans()
	if i := slices.IndexFunc(all, func(s span) bool { return s.Name == r.URL.Query().Get("range") }); i >= 0 {
		return all[i]
	}
	return all[1]
}

// todayAsk is a question of the first page with the buttons that answer it.
type todayAsk struct {
	Text, Hint string
	Buttons    []askButton
	// Form adds the way to the form for a day without a run.
	Form bool
}

// askButton is a button that sends one word: an answer, or an entry of the diary.
type askButton struct {
	Action string
	Fields map[string]string
	Label  string
}

// askToday returns the question of the standing that a button answers, or nil. A
// run of long ago is not asked about, and its morning only once that has come.
func (s *Server) askToday(standing finding.Standing, stale, morning bool) *todayAsk {
	if standing.Verdict == finding.VerdictStop {
		ask := &todayAsk{Text: words.WalkingToday, Form: true}
		if finding.NeedsDoctor(standing.Reasons, standing.Advice) {
			ask.Text = words.HasSeen
		}
		if standing.Run != "" {
			ask.offer(finding.Question{}, standing.Run, append(finding.StopReplies(standing.Reasons, standing.Advice), finding.ReplyKind(gait.AnswerUnsure))...)
		}
		return ask
	}
	for _, q := range standing.Questions {
		replies := q.Replies()
		early := !morning && len(replies) > 0 && replies[0].Morning().Known()
		if len(replies) == 0 || early || standing.Run == "" || stale && q.Ask != finding.AskHowNow {
			continue
		}
		ask := &todayAsk{Text: words.Question(q)}
		ask.offer(q, standing.Run, replies...)
		return ask
	}
	return nil
}

// offer adds the buttons of replies. Where a reply leaves a choice, that is offered
// at once; who has not felt for a spot is told how.
func (a *todayAsk) offer(q finding.Question, run gait.RunID, replies ...finding.ReplyKind) {
	for _, k := range replies {
		if k == finding.ReplyNotFelt {
			a.Hint = words.Feel
			continue
		}
		if choices := k.Choices(); len(choices) > 0 {
			a.offer(q, run, choices...)
			continue
		}
		b := askButton{"/runs/" + latest + "/answer", map[string]string{"kind": string(k)}, words.Button(k)}
		if entry, ok := (finding.Reply{Run: run, Kind: k, Site: q.Site, Side: q.Side}).Entry(); ok {
			b.Action, b.Fields = "/pain", typedPain(entry, time.UTC).Typed
		}
		a.Buttons = append(a.Buttons, b)
	}
}
