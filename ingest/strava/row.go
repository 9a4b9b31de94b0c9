package strava

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"gaitkeeper/ingest"
)

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
