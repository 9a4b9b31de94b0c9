package ingest

import (
	"context"
	"math"
	"time"

	"gaitkeeper/gait"
)

// Two recordings are of one activity when they overlap for at least this share
// of the shorter one and their distances differ by no more than this share and
// this length. The numbers are ours: two watches on one runner differ by a few
// per cent, a treadmill and a wrist by up to twenty.
const (
	overlapShare  = 0.5
	distanceShare = 0.2
	distanceSlack = gait.Metres(200)
)

// matcher finds the run that a recording is another one of: in the store and
// among what waits to be saved.
type matcher struct {
	store   Store
	pending map[gait.RunID]gait.Run
}

// find returns the run that r is another recording of.
func (m *matcher) find(ctx context.Context, r gait.Run) (gait.Run, bool, error) {
	near, err := m.store.Nearby(ctx, r.Start.Add(-time.Second), r.End().Add(time.Second))
	if err != nil {
		return gait.Run{}, false, err
	}
	var best gait.Run
	var most time.Duration = -1
	consider := func(o gait.Run) {
		shared := overlap(r, o)
		if r.ID == o.ID || sameOrigin(r, o) {
			shared = math.MaxInt64
		} else if !sameActivity(r, o) {
			return
		}
		if shared > most {
			best, most = o, shared
		}
	}
	for _, o := range near {
		if _, changed := m.pending[o.ID]; !changed {
			consider(o)
		}
	}
	for _, o := range m.pending {
		consider(o)
	}
	return best, most >= 0, nil
}

// remember keeps the run as it will be stored until the batch is saved.
func (m *matcher) remember(r gait.Run) {
	r.Samples = nil
	m.pending[r.ID] = r
}

func sameOrigin(a, b gait.Run) bool {
	for _, o := range a.Origins {
		for _, p := range b.Origins {
			if o.Source == p.Source && o.Key == p.Key {
				return true
			}
		}
	}
	return false
}

// sameActivity tells whether a and b record one activity.
func sameActivity(a, b gait.Run) bool {
	shorter := min(length(a), length(b))
	if shared := overlap(a, b); shared <= 0 || float64(shared) < overlapShare*float64(shorter) {
		return false
	}
	da, db := a.Distance, b.Distance
	if !gait.Known(da) || !gait.Known(db) {
		return true
	}
	if a.Truncated || b.Truncated { // compare what both have seen
		da, db = perDuration(a, shorter), perDuration(b, shorter)
	}
	apart := gait.Metres(math.Abs(float64(da - db)))
	return apart <= max(distanceSlack, distanceShare*max(da, db))
}

// perDuration is the distance of r in a stretch of the given length.
func perDuration(r gait.Run, stretch time.Duration) gait.Metres {
	if l := length(r); l > 0 {
		return r.Distance * gait.Metres(float64(stretch)/float64(l))
	}
	return r.Distance
}

func length(r gait.Run) time.Duration { return r.End().Sub(r.Start) }

func overlap(a, b gait.Run) time.Duration {
	from, to := a.Start, a.End()
	if b.Start.After(from) {
		from = b.Start
	}
	if b.End().Before(to) {
		to = b.End()
	}
	return to.Sub(from)
}

// better tells whether recording r should take the place of o, which is of the
// same activity: a FIT file beats a summary from a server, left and right beat
// stance time, which beats cadence alone, and a whole or longer recording
// beats one that broke off.
func better(r, o gait.Run) bool {
	if a, b := fromFIT(r), fromFIT(o); a != b {
		return a
	}
	if a, b := dynamics(r.Signals), dynamics(o.Signals); a != b {
		return a > b
	}
	if r.Truncated != o.Truncated {
		return o.Truncated
	}
	return o.Truncated && r.Duration > o.Duration
}

func fromFIT(r gait.Run) bool {
	for _, o := range r.Origins {
		if o.Source != gait.SourceStrava {
			return true
		}
	}
	return false
}

// dynamics ranks what a run can tell of the gait.
func dynamics(s gait.Signals) int {
	switch {
	case s.Has(gait.SignalStanceTimeBalance):
		return 3
	case s.Has(gait.SignalStanceTime):
		return 2
	case s.Has(gait.SignalCadence):
		return 1
	default:
		return 0
	}
}
