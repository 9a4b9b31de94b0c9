package ingest

import (
	"context"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// reach is how far around a recording others of the same activity are looked
// for: a day, for starts that are hidden, and a time zone.
const reach = 26 * time.Hour

// storedRuns is what matcher needs of the database.
type storedRuns interface {
	// Nearby returns the runs, without samples, that overlap from..to, those
	// that are gone too.
	Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error)
	// Samples returns the seconds of a run, none where they were forgotten.
	Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error)
	// Holder returns the run that was found in a place; false where none was.
	Holder(ctx context.Context, o gait.Origin) (gait.Run, bool, error)
}

// matcher finds the run that a recording is another one of: in the store and
// among what waits to be saved.
type matcher struct {
	stored  storedRuns
	pending map[gait.RunID]gait.Run // as they will be stored
	unsaved map[gait.RunID]bool     // those of them that the store does not know
}

// find returns the run that r is another recording of.
func (m *matcher) find(ctx context.Context, r gait.Run) (gait.Run, bool, error) {
	if old, found, err := m.holder(ctx, r); found || err != nil {
		return old, found, err
	}
	near, err := m.nearby(ctx, r)
	if err != nil {
		return gait.Run{}, false, err
	}
	if old, found, err := m.atOneTime(ctx, r, near); found || err != nil {
		return old, found, err
	}
	return m.elsewhere(ctx, r, near)
}

// holder returns the run that was found in the place of r before.
func (m *matcher) holder(ctx context.Context, r gait.Run) (gait.Run, bool, error) {
	for _, p := range m.pending {
		if sameOrigin(r, p) {
			return p, true, nil
		}
	}
	for _, o := range r.Origins {
		old, found, err := m.stored.Holder(ctx, o)
		if err != nil {
			return old, false, err
		}
		if waiting, ok := m.pending[old.ID]; ok {
			old = waiting
		}
		if found && sameOrigin(r, old) { // else the place is to be dropped, or is another run's by now
			return old, true, nil
		}
	}
	return gait.Run{}, false, nil
}

// nearby returns the runs around r, as they will be stored.
func (m *matcher) nearby(ctx context.Context, r gait.Run) ([]gait.Run, error) {
	from, to := r.Start.Add(-reach), r.End().Add(reach)
	stored, err := m.stored.Nearby(ctx, from, to)
	if err != nil {
		return nil, err
	}
	var near []gait.Run
	for _, o := range stored {
		if _, changed := m.pending[o.ID]; !changed {
			near = append(near, o)
		}
	}
	for _, o := range m.pending {
		if o.Start.Before(to) && o.End().After(from) {
			near = append(near, o)
		}
	}
	return near, nil
}

// atOneTime returns the run that overlaps r the longest of those that are the
// same activity by their times and, where these leave a doubt, by heart rate and
// cadence.
func (m *matcher) atOneTime(ctx context.Context, r gait.Run, near []gait.Run) (best gait.Run, found bool, err error) {
	if r.StartHidden {
		return best, false, nil
	}
	most := time.Duration(-1)
	for _, o := range near {
		if o.StartHidden {
			continue
		}
		c := claimOf(r, o)
		if c == two {
			continue
		}
		old, err := m.samples(ctx, o)
		if err != nil {
			return best, false, err
		}
		l := bodies(r.Samples, old, o.Start.Sub(r.Start))
		if l == twoBodies || c == ifAlike && l == unclear {
			continue
		}
		shared := overlap(r, o)
		if c == atOnce {
			shared += reach
		}
		if shared > most || shared == most && o.ID < best.ID {
			best, most, found = o, shared, true
		}
	}
	return best, found, nil
}

// elsewhere returns the run that is the same recording as r although the clock
// says otherwise: a start that is hidden, or told in another zone.
func (m *matcher) elsewhere(ctx context.Context, r gait.Run, near []gait.Run) (best gait.Run, found bool, err error) {
	least := 0.0
	for _, o := range near {
		same := false
		if mayBeSame(r, o) {
			if same, err = m.sameSeconds(ctx, r, o); err != nil {
				return gait.Run{}, false, err
			}
		}
		if shift, ok := clockShift(r, o); ok && !same {
			old, err := m.samples(ctx, o)
			if err != nil {
				return gait.Run{}, false, err
			}
			same = sameCurve(r.Samples, old, o.Start.Sub(r.Start)-shift, dynamics(r.Signals) != dynamics(o.Signals))
		}
		if apart := difference(r, o); same && (!found || apart < least || apart == least && o.ID < best.ID) {
			best, least, found = o, apart, true
		}
	}
	return best, found, nil
}

// sameSeconds tells whether the samples of two recordings are of the same
// seconds. Where one has none it is enough that a start is hidden: a day is
// short, and nothing else can be known.
func (m *matcher) sameSeconds(ctx context.Context, r, o gait.Run) (bool, error) {
	old, err := m.samples(ctx, o)
	if err != nil {
		return false, err
	}
	if otherSides(r.Samples, old, 0, curveSides, curveMost) {
		return false, nil
	}
	same, enough := alike(r.Samples, old)
	if !enough {
		return r.StartHidden || o.StartHidden, nil
	}
	return same, nil
}

// samples returns the seconds of a run that is stored or waits to be.
func (m *matcher) samples(ctx context.Context, o gait.Run) ([]gait.Sample, error) {
	if len(o.Samples) > 0 || m.unsaved[o.ID] {
		return o.Samples, nil
	}
	return m.stored.Samples(ctx, o.ID)
}

// fresh gives a new run its ID. Where the ID is another run's, which has moved
// from that second since, and where the second is not known, the place names
// the run.
func (m *matcher) fresh(ctx context.Context, r gait.Run) (gait.RunID, error) {
	taken := r.StartHidden
	if !taken {
		near, err := m.nearby(ctx, r)
		if err != nil {
			return "", err
		}
		for _, o := range near {
			taken = taken || o.ID == r.ID
		}
	}
	id := r.ID
	if taken && len(r.Origins) > 0 {
		id = gait.NewPlaceID(r.Origins[0])
	}
	m.unsaved[id] = true
	return id, nil
}

// remember keeps the run as it will be stored until the batch is saved.
func (m *matcher) remember(r gait.Run) { m.pending[r.ID] = r }

// saved forgets what waited.
func (m *matcher) saved() {
	clear(m.pending)
	clear(m.unsaved)
}

// drop takes a place from the run that waits to be saved with it, and tells
// whether a run was found there before.
func (m *matcher) drop(ctx context.Context, gone gait.Origin) (bool, error) {
	for id, r := range m.pending {
		r.Origins = without(r.Origins, gone)
		m.pending[id] = r
	}
	_, found, err := m.stored.Holder(ctx, gone)
	return found, err
}

// without returns origins without those of the same place.
func without(origins []gait.Origin, gone gait.Origin) []gait.Origin {
	return slices.DeleteFunc(slices.Clone(origins), gone.SamePlace)
}

// sameOrigin tells whether a and b have a place in common.
func sameOrigin(a, b gait.Run) bool {
	return slices.ContainsFunc(a.Origins, func(o gait.Origin) bool { return slices.ContainsFunc(b.Origins, o.SamePlace) })
}
