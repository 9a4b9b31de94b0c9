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

// matcher finds the run that a recording is another one of.
type matcher struct{ tx Transaction }

// find returns the run that r is another recording of.
func (m matcher) find(ctx context.Context, r gait.Run) (gait.Run, bool, error) {
	for _, o := range r.Origins {
		if old, found, err := m.tx.Holder(ctx, o); found || err != nil {
			return old, found, err
		}
	}
	near, err := m.tx.Nearby(ctx, r.Start.Add(-reach), r.End().Add(reach))
	if err != nil {
		return gait.Run{}, false, err
	}
	if old, found, err := m.atOneTime(ctx, r, near); found || err != nil {
		return old, found, err
	}
	if old, found, err := m.elsewhere(ctx, r, near); found || err != nil || len(r.Origins) == 0 {
		return old, found, err
	}
	// Where a place gave a run its ID, lost the run and has another one now, it is
	// the same activity: no second run could take the ID.
	return m.tx.ByID(ctx, gait.NewPlaceID(r.Origins[0]))
}

// atOneTime returns the run that overlaps r the longest of those that are the
// same activity by their times and, where these leave a doubt, by heart rate and
// cadence.
func (m matcher) atOneTime(ctx context.Context, r gait.Run, near []gait.Run) (best gait.Run, found bool, err error) {
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
		old, err := m.tx.Samples(ctx, o.ID)
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
func (m matcher) elsewhere(ctx context.Context, r gait.Run, near []gait.Run) (best gait.Run, found bool, err error) {
	least := 0.0
	for _, o := range near {
		same := false
		if mayBeSame(r, o) {
			if same, err = m.sameSeconds(ctx, r, o); err != nil {
				return gait.Run{}, false, err
			}
		}
		if shift, ok := clockShift(r, o); ok && !same {
			old, err := m.tx.Samples(ctx, o.ID)
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

// sameSeconds reports whether the samples of two recordings are of the same
// seconds. Where one has none it is enough that a start is hidden: a day is
// short, and nothing else can be known.
func (m matcher) sameSeconds(ctx context.Context, r, o gait.Run) (bool, error) {
	old, err := m.tx.Samples(ctx, o.ID)
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

// fresh gives a new run its ID. Where the ID is another run's, which has moved
// from that second since, and where the second is not known, the place names
// the run.
func (m matcher) fresh(ctx context.Context, r gait.Run) (gait.RunID, error) {
	_, taken, err := m.tx.ByID(ctx, r.ID)
	if (taken || r.StartHidden) && len(r.Origins) > 0 {
		return gait.NewPlaceID(r.Origins[0]), err
	}
	return r.ID, err
}

// sameOrigin reports whether a and b have a place in common.
func sameOrigin(a, b gait.Run) bool {
	return slices.ContainsFunc(a.Origins, func(o gait.Origin) bool { return slices.ContainsFunc(b.Origins, o.SamePlace) })
}
