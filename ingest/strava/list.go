package strava

import (
	"encoding/binary"
	"encoding/json"
	"strconv"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// list learns what activities there are: the newest, and at the first time the
// whole history.
func (p *listing) list() error {
	fresh := p.state.HistoryBefore.IsZero()
	if fresh {
		p.state.HistoryBefore = p.client.Now().Add(24 * time.Hour) // some clocks are ahead
		p.state.Listed = p.client.Now()
	} else if err := p.listNewest(); err != nil {
		return err
	}
	for !p.state.HistoryDone {
		if err := p.listHistory(); err != nil {
			return err
		}
	}
	return nil
}

// listHistory lists the next page of the history. What is listed is kept at
// once, so that no page is asked for twice. The history ends at an empty page:
// Strava may leave out what is hidden, so that a short one need not be the last.
func (p *listing) listHistory() error {
	list, err := p.client.page(p.ctx, time.Time{}, p.state.HistoryBefore, p.state.HistoryPage+1)
	if err != nil {
		return err
	}
	p.answered()
	p.state.HistoryPage++
	p.state.HistoryDone = len(list) == 0
	if before := oldest(list); len(list) >= perPage/2 && !before.IsZero() && before.Before(p.state.HistoryBefore) {
		p.state.HistoryBefore, p.state.HistoryPage = before, 0
	}
	return p.meet(list)
}

// listNewest lists what began since some time before the last listing, and asks
// after what is missing in it.
func (p *listing) listNewest() error {
	now := p.client.Now()
	after := now
	if before := p.state.Listed; !before.IsZero() && before.Before(now) {
		after = before
	} else if p.state.Listed.IsZero() {
		after = p.state.HistoryBefore.Add(-24 * time.Hour)
	}
	after = after.Add(-overlap)
	seen := map[int64]bool{}
	from, number := after, 0
	for {
		number++
		list, err := p.client.page(p.ctx, from, time.Time{}, number)
		if err != nil {
			return err
		}
		p.answered()
		for _, r := range list {
			seen[r.ID] = true
		}
		if err := p.meet(list); err != nil {
			return err
		}
		// A page loses an entry or two to what is hidden, never half of it.
		if len(list) < perPage/2 {
			break
		}
		if next := newest(list); next.After(from) {
			from, number = next, 0
		}
	}
	p.state.Listed = now
	if err := p.ledger.SaveStrava(p.ctx, p.state); err != nil {
		return err
	}
	return p.missing(after, seen)
}

// meet takes note of the activities on a page: which are new, which were
// edited. What is no run is done with, and so is what cannot be read.
func (p *listing) meet(list []row) error {
	var changed []ingest.StravaActivity
	for _, entry := range list {
		old := p.known[entry.key()]
		if old != nil && old.Listed == entry.hash {
			continue
		}
		a := ingest.StravaActivity{ID: entry.ID, Start: entry.Start.UTC(), Sport: entry.sport(), Listed: entry.hash}
		switch {
		case entry.fault != "":
			var err error
			if a, err = p.passOddRow(entry); err != nil {
				return err
			}
		case !runs(a.Sport):
			if err := p.passOver(a, old); err != nil {
				return err
			}
			a.Taken = p.client.Now()
		}
		p.known[a.ID] = &a
		changed = append(changed, a)
	}
	return p.ledger.SaveStrava(p.ctx, p.state, changed...)
}

// passOver offers something that is no run, or no longer one.
func (p *listing) passOver(a ingest.StravaActivity, old *ingest.StravaActivity) error {
	if old != nil && runs(old.Sport) && old.Detailed != "" {
		return p.gone(a)
	}
	return p.offer(skipped(p.address(a.ID), a.Sport))
}

// missing asks after the activities that should have been in a whole listing
// from after on and were not: one that was deleted answers 404, and its run is
// gone. Nothing is concluded where the login does not show every activity.
func (p *listing) missing(after time.Time, seen map[int64]bool) error {
	if !SeesAll(p.login) {
		return nil
	}
	for id, a := range p.known {
		if seen[id] || a.Start.Before(after.Add(24*time.Hour)) || !runs(a.Sport) || p.spent() >= idleRequests {
			continue
		}
		_, err := p.client.activity(p.ctx, id)
		switch KindOf(err) {
		case NotFound:
			if err := p.drop(*a); err != nil {
				return err
			}
		default:
			if err := p.fatal(err); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop forgets an activity that is no more.
func (p *listing) drop(a ingest.StravaActivity) error {
	if a.Detailed != "" {
		if err := p.gone(a); err != nil {
			return err
		}
	}
	delete(p.known, a.ID)
	return p.ledger.DropStravaActivity(p.ctx, a.ID)
}

// gone offers that Strava no longer has a run, and waits until that is saved.
func (p *listing) gone(a ingest.StravaActivity) error {
	origin := gait.Origin{Source: gait.SourceStrava, Key: strconv.FormatInt(a.ID, 10), Name: p.address(a.ID)}
	return p.saved(ingest.Item{Name: origin.Name, Gone: &origin})
}

// row is an activity as a list names it, or one that cannot be read.
type row struct {
	activity
	// fault says what is wrong with the row; empty where nothing is. The ID is
	// still set where it could be read.
	fault string
	// hash stands for what the row says.
	hash string
}

func readRow(raw json.RawMessage) row {
	var r row
	r.fault = ingest.ListFault(json.Unmarshal(raw, &r.activity))
	switch {
	case r.fault != "":
	case r.ID <= 0:
		r.fault = "it has no number"
	case r.Start.IsZero():
		r.fault = "it has no start"
	}
	r.hash = r.listHash()
	if r.fault != "" {
		var only struct {
			ID int64 `json:"id"`
		}
		_ = json.Unmarshal(raw, &only) // a number that cannot be read is none
		r.activity, r.hash = activity{ID: only.ID}, changeHash(string(raw))
	}
	return r
}

// key is the number under which the ledger knows the row: its own, or one below
// zero for a row without.
func (r row) key() int64 {
	if r.ID > 0 {
		return r.ID
	}
	return -int64(binary.BigEndian.Uint64([]byte(r.hash)) >> 1)
}

// passOddRow names a row that cannot be read, once: the ledger remembers it as
// done with until it says something else. What was taken of it before stays.
func (p *listing) passOddRow(r row) (ingest.StravaActivity, error) {
	a := ingest.StravaActivity{ID: r.key(), Start: p.client.Now(), Taken: p.client.Now()}
	if old := p.known[a.ID]; old != nil {
		a = *old
	}
	a.Listed, a.Reason = r.hash, "Strava lists it in a form that is not understood ("+r.fault+"); it is passed over until that changes"
	name := p.client.site() + "/athlete/training"
	if r.ID > 0 {
		name = p.address(r.ID)
	}
	return a, p.offer(ingest.Item{Name: name, Failed: a.Reason})
}

// oldest is the moment before which everything began that is not on a page yet,
// newest first; next the moment after which it did, oldest first. A page is
// asked for by such a moment and not by its number, so that nothing is lost where
// the list grows or shrinks meanwhile. A hidden start is shown as the begin of
// its day.
func oldest(rows []row) (before time.Time) {
	for _, r := range rows {
		bound := r.Start.Add(time.Second)
		if r.startHidden() {
			bound = r.Start.Add(24 * time.Hour)
		}
		if !r.Start.IsZero() && (before.IsZero() || bound.Before(before)) {
			before = bound
		}
	}
	return before
}

func newest(rows []row) (after time.Time) {
	for _, r := range rows {
		if bound := r.Start.Add(-time.Second); !r.Start.IsZero() && bound.After(after) {
			after = bound
		}
	}
	return after
}
