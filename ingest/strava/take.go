package strava

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// recheck reads the own pages of young activities again: a description is often
// written hours after the run, and no list shows it. The longest unread come
// first, as many as an idle sync may.
func (p *listing) recheck() error {
	now := p.client.Now()
	var young []*ingest.StravaActivity
	for _, a := range p.known {
		if runs(a.Sport) && !a.Taken.IsZero() && now.Sub(began(a)) < editable+hiddenHours(a) && now.Sub(a.Checked).Abs() >= settled {
			young = append(young, a)
		}
	}
	slices.SortFunc(young, func(a, b *ingest.StravaActivity) int {
		return cmp.Or(a.Checked.Compare(b.Checked), cmp.Compare(b.ID, a.ID))
	})
	for _, a := range young {
		if p.spent() >= idleRequests {
			break
		}
		if err := p.look(a); err != nil {
			return err
		}
	}
	return nil
}

// began is when an activity began, or was taken where its clock says that it had
// not begun by then: a wrong date is no reason to ask forever.
func began(a *ingest.StravaActivity) time.Time {
	if a.Start.After(a.Taken) {
		return a.Taken
	}
	return a.Start
}

// hiddenHours is how much later than listed an activity may have begun.
func hiddenHours(a *ingest.StravaActivity) time.Duration {
	if a.Start.Second() == 1 { // as hidden starts do, in every zone
		return 24 * time.Hour
	}
	return 0
}

// look reads the own page of an activity that was taken, and takes it again
// where it was edited.
func (p *listing) look(a *ingest.StravaActivity) error {
	page, err := p.client.activity(p.ctx, a.ID)
	if KindOf(err) == NotFound {
		return p.drop(*a)
	}
	if err != nil {
		return p.fatal(err) // it is here already; the next sync looks again
	}
	p.answered()
	if page.pageHash() != a.Detailed {
		return p.takePage(a, page)
	}
	a.Checked = p.client.Now()
	return p.ledger.SaveStrava(p.ctx, p.state, *a)
}

// takeAll takes every activity that waits, the newest first.
func (p *listing) takeAll() error {
	now := p.client.Now()
	var waiting []*ingest.StravaActivity
	for _, a := range p.known {
		if a.Taken.IsZero() && !soon(a.NextTry, now) {
			waiting = append(waiting, a)
		}
	}
	slices.SortFunc(waiting, func(a, b *ingest.StravaActivity) int {
		return cmp.Or(b.Start.Compare(a.Start), cmp.Compare(b.ID, a.ID))
	})
	p.total = len(waiting)
	for _, a := range waiting {
		if err := p.take(a); err != nil {
			return err
		}
	}
	return nil
}

// take fetches an activity and offers its run.
func (p *listing) take(a *ingest.StravaActivity) error {
	page, err := p.client.activity(p.ctx, a.ID)
	switch {
	case KindOf(err) == NotFound:
		return p.drop(*a)
	case err != nil:
		return p.missed(a, err)
	}
	return p.takePage(a, page)
}

// takePage fetches the seconds of an activity whose own page is here, and
// offers its run.
func (p *listing) takePage(a *ingest.StravaActivity, page activity) error {
	taken := ingest.StravaActivity{
		ID: a.ID, Start: page.Start.UTC(), Sport: page.sport(), Listed: a.Listed, Detailed: page.pageHash(),
	}
	offer := skipped(p.address(a.ID), taken.Sport)
	switch {
	case !runs(taken.Sport) && a.Detailed != "":
		if err := p.gone(taken); err != nil {
			return err
		}
		taken.Detailed = ""
	case !runs(taken.Sport):
		taken.Detailed = ""
		if err := p.offer(offer); err != nil {
			return err
		}
	default:
		var seconds streams
		if !page.Manual {
			var err error
			if seconds, err = p.client.streams(p.ctx, a.ID); err != nil {
				return p.missed(a, err)
			}
		}
		if err := p.saved(p.running(page, seconds)); err != nil {
			return err
		}
	}
	p.answered()
	taken.Taken = p.client.Now()
	taken.Checked = taken.Taken
	*a = taken
	return p.ledger.SaveStrava(p.ctx, p.state, *a)
}

// running offers the run that an activity is.
func (p *listing) running(page activity, s streams) ingest.Item {
	content := ingest.Content{Skipped: []string{"activity without a duration"}}
	if run, ok := page.run(p.client.site(), s); ok {
		content = ingest.Content{Runs: []gait.Run{run}}
	}
	return ingest.Item{Name: p.address(page.ID), Costly: true, Read: ingest.Ready(content)}
}

// skipped offers what is no run.
func skipped(name, sport string) ingest.Item {
	return ingest.Item{Name: name, Read: ingest.Ready(ingest.Content{Skipped: []string{kind(sport)}})}
}

// saved hands on an offer that is saved at once, and waits for that.
func (p *listing) saved(o ingest.Item) error {
	done := make(chan struct{})
	o.Done = func() { close(done) }
	if err := p.offer(o); err != nil {
		return err
	}
	<-done
	if p.ctx.Err() != nil {
		return context.Cause(p.ctx) // it may not have been saved
	}
	return nil
}

// missed notes that an activity could not be read: the next sync tries it
// again, and later ones ever more rarely. Several in a row, or a trouble that
// is not the activity's own, end the listing.
func (p *listing) missed(a *ingest.StravaActivity, err error) error {
	if err := p.fatal(err); err != nil {
		return err
	}
	a.Tries++
	a.Reason = err.Error()
	a.NextTry = time.Time{}
	if a.Tries > 1 {
		a.NextTry = p.client.Now().Add(min(15*time.Minute<<min(a.Tries, 10), 24*time.Hour))
	}
	if err := p.ledger.SaveStrava(p.ctx, p.state, *a); err != nil {
		return err
	}
	if err := p.offer(ingest.Item{Name: p.address(a.ID), Failed: a.Reason}); err != nil {
		return err
	}
	if p.failed++; p.failed >= troubles {
		return err
	}
	return nil
}

// fatal returns err unless it is about one activity alone.
func (p *listing) fatal(err error) error {
	switch KindOf(err) {
	case ServerDown, Strange, NotFound, Refused:
		return nil
	default:
		return err
	}
}
