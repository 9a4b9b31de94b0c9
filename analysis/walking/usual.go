package walking

import (
	"cmp"
	"math"
	"slices"
)

// usual returns what is normal for the runner on day i, from the weeks before
// those just past. Weeks nearly without walks say nothing of it.
func (c *Course) usual(i int) usual {
	type block struct{ from, walks, uneven int }
	var weeks []block
	for n := range memory {
		to := i - settled - week*n
		if to < week {
			break
		}
		b := block{from: to - week}
		for k := b.from; k < to; k++ {
			if d := &c.days[k]; !c.out(k, i) {
				b.walks, b.uneven = b.walks+d.walks, b.uneven+d.uneven
			}
		}
		if b.walks >= weekWalks {
			weeks = append(weeks, b)
		}
	}
	if len(weeks) < leastWeeks {
		return usual{}
	}
	u := usual{known: true, phones: map[string]int{}}
	for _, b := range weeks {
		u.walks += b.walks
	}
	u.walks /= len(weeks)
	slices.SortFunc(weeks, func(a, b block) int {
		return cmp.Compare(a.uneven*b.walks, b.uneven*a.walks)
	})
	weeks = weeks[:len(weeks)-int(trimmed*float64(len(weeks)))]
	walks, uneven := usualWalks, usualShare*usualWalks
	for _, b := range weeks {
		walks, uneven = walks+b.walks, uneven+float64(b.uneven)
	}
	u.share = uneven / float64(walks)
	var days []*day
	for _, b := range weeks {
		for k := b.from; k < b.from+week; k++ {
			if !c.out(k, i) {
				days = append(days, &c.days[k])
			}
		}
	}
	u.spread = spread(days, u.share)
	for _, d := range days {
		for phone, walks := range d.phones {
			u.phones[phone], u.total = u.phones[phone]+walks, u.total+walks
		}
	}
	return u
}

// out reports whether day k is no part of the usual of day i: the walks had
// become uneven.
func (c *Course) out(k, i int) bool {
	// A question covers the days from its beginning on, which the days after it
	// know.
	for _, d := range c.days[k:min(k+settled, i)] {
		if d.asks && d.began <= k && k-d.began < keptOut {
			return true
		}
	}
	return false
}

// spread is how far the walks of a day hang together: by how much the days differ
// more than independent walks would.
func spread(days []*day, share float64) float64 {
	const odd = 16 // more than that is one odd day
	var sum, size, n float64
	for _, d := range days {
		if d.walks < 3 {
			continue
		}
		walks := float64(d.walks)
		off := float64(d.uneven) - walks*share
		sum += min(odd, off*off/(walks*share*(1-share)))
		size += walks
		n++
	}
	if n < 10 || size <= n {
		return 0.05
	}
	return max(leastSpread, min(mostSpread, (sum/n-1)/(size/n-1)))
}

// uncommon is the share of a week of so many walks above which it stands out: two
// standard deviations.
func (u usual) uncommon(walks int) float64 {
	perDay := math.Max(1, float64(u.walks)/week)
	variance := u.share * (1 - u.share) / math.Max(1, float64(walks)) * (1 + (perDay-1)*u.spread)
	return min(1, u.share+2*math.Sqrt(variance))
}
