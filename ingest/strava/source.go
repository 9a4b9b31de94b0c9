package strava

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// The source's numbers, all ours but the first.
const (
	// overlap is how far before the last listing the next one begins: Strava
	// filters by the start of an activity, and watches are emptied late.
	overlap = 14 * 24 * time.Hour
	// editable is the age up to which an activity's own page is read again.
	editable = 48 * time.Hour
	// settled is how long a page counts as fresh after it was read.
	settled = 10 * time.Minute
	// idleRequests is the most a sync spends while nothing new came.
	idleRequests = 6
	// troubles is how many failures in a row end a sync: then it is not a single
	// activity.
	troubles = 3
)

// Source is every running activity of the account.
type Source struct {
	client *Client
	ledger SyncState
}

// NewSource returns the source that client opens.
func NewSource(client *Client, ledger SyncState) *Source { return &Source{client, ledger} }

// Name is strava.
func (s *Source) Name() gait.SourceName { return gait.SourceStrava }

// Offers asks Strava for what is new or edited and offers it, the newest first.
// Each activity is asked for only when the one before it is saved. The error is
// a [ingest.Wait] where a limit of requests is reached, a [Fault] where Strava
// will not answer.
func (s *Source) Offers(ctx context.Context, _ ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		p := &listing{Source: s, ctx: ctx, yield: yield, asked: s.client.pace.count()}
		err := p.run()
		if err == nil || errors.Is(err, errEnough) {
			return
		}
		if isLimit(err) {
			err = p.wait(err)
		}
		yield(ingest.Item{}, err)
	}
}

// errEnough ends a listing of which no more is wanted.
var errEnough = errors.New("no more offers are wanted")

// listing is one time through what Strava has.
type listing struct {
	*Source
	ctx   context.Context // a listing lives as long as one call of Offers
	yield func(ingest.Item, error) bool
	login ingest.StravaLogin
	state ingest.StravaState
	known map[int64]*ingest.StravaActivity
	// asked is the count of requests before the listing, failed that of failures
	// in a row.
	asked, failed int
	total         int
}

func (p *listing) run() (err error) {
	if p.login, err = p.client.login(p.ctx); err != nil {
		return err
	}
	if err := p.load(); err != nil {
		return err
	}
	if soon(p.state.WaitUntil, p.client.Now()) {
		return limited{noWindow}
	}
	if err := p.list(); err != nil {
		return err
	}
	if err := p.recheck(); err != nil {
		return err
	}
	return p.takeAll()
}

// soon reports whether a moment is in the future, by a day at most: nothing is
// put off for longer, so what is further away was noted by a wrong clock.
func soon(t, now time.Time) bool { return now.Before(t) && t.Sub(now) <= 24*time.Hour }

func (p *listing) load() (err error) {
	if p.state, err = p.ledger.StravaState(p.ctx); err != nil {
		return err
	}
	all, err := p.ledger.StravaActivities(p.ctx)
	p.known = make(map[int64]*ingest.StravaActivity, len(all))
	for i := range all {
		p.known[all[i].ID] = &all[i]
	}
	return err
}

// wait turns a limit into a pause that other processes keep as well. A refusal
// that does not say which limit it was means the quarter of an hour; where a
// quarter brought no other answer, it is the day's.
func (p *listing) wait(cause error) error {
	now := p.client.Now()
	var l limited
	errors.As(cause, &l)
	if l.window == unsaid {
		l.window = quarter
		if p.state.Refusals > 0 {
			l.window = wholeDay
		}
	}
	if l.window != noWindow {
		p.state.WaitUntil = l.window.ends(now)
		p.state.Refusals++
		if err := p.ledger.SaveStrava(context.WithoutCancel(p.ctx), p.state); err != nil {
			return err
		}
	}
	return ingest.Wait{Until: p.state.WaitUntil, Why: waitSentence(p.state, p.left(), now)}
}

func waitSentence(st ingest.StravaState, left int, now time.Time) string {
	which := "for this quarter of an hour"
	if st.WaitUntil.Sub(now) > 15*time.Minute {
		which = "for today"
	}
	rest := "nothing is left to fetch"
	switch {
	case left == 1:
		rest = "1 activity is left to fetch"
	case left > 1:
		rest = fmt.Sprintf("%d activities are left to fetch", left)
	case !st.HistoryDone:
		rest = "the list of your activities is not whole yet"
	}
	return "Strava's limit of requests " + which + " is used up; " + rest
}

// left counts the activities that are still to be taken.
func (p *listing) left() int {
	n := 0
	for _, a := range p.known {
		if a.Taken.IsZero() {
			n++
		}
	}
	return n
}

// answered notes that Strava answers again.
func (p *listing) answered() { p.failed, p.state.Refusals = 0, 0 }

// spent is the number of requests that the listing has made.
func (p *listing) spent() int { return p.client.pace.count() - p.asked }

// offer hands an offer on.
func (p *listing) offer(o ingest.Item) error {
	o.Total = p.total
	if !p.yield(o, nil) {
		if p.ctx.Err() != nil {
			return context.Cause(p.ctx)
		}
		return errEnough
	}
	return nil
}

func (p *listing) address(id int64) string {
	return fmt.Sprintf("%s/activities/%d", p.client.site(), id)
}
