package chart

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNumberTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		about     int
		want      []string
	}{
		{47.8, 51.7, 5, []string{"48", "49", "50", "51"}},
		{49.4, 51.3, 5, []string{"49.5", "50.0", "50.5", "51.0"}},
		{0, 45, 8, []string{"0", "10", "20", "30", "40"}},
		{-0.4, 0.4, 4, []string{"-0.4", "-0.2", "0.0", "0.2", "0.4"}},
	} {
		if diff := cmp.Diff(c.want, labels(numberTicks(c.low, c.high, c.about))); diff != "" {
			t.Errorf("%v to %v:\n%s", c.low, c.high, diff)
		}
	}
}

func TestDateTicks(t *testing.T) {
	zone := time.FixedZone("far east", 12*3600)
	from := time.Date(2026, 11, 20, 7, 0, 0, 0, zone)
	for _, c := range []struct {
		days int
		want []string
	}{
		{4, []string{"21 Nov", "22 Nov", "23 Nov", "24 Nov"}},
		{30, []string{"23 Nov", "30 Nov", "7 Dec", "14 Dec"}},
		{60, []string{"30 Nov", "14 Dec", "28 Dec", "11 Jan 2027"}},
		{150, []string{"Dec", "Jan 2027", "Feb", "Mar", "Apr"}},
		{800, []string{"Jan 2027", "Jul", "Jan 2028", "Jul", "Jan 2029"}},
		{2000, []string{"2027", "2028", "2029", "2030", "2031", "2032"}},
	} {
		ticks := dateTicks(from, from.AddDate(0, 0, c.days), 6)
		if diff := cmp.Diff(c.want, labels(ticks)); diff != "" {
			t.Errorf("%d days:\n%s", c.days, diff)
		}
		for _, tick := range ticks {
			if at := time.Unix(int64(tick.at), 0).In(zone); at.Hour() != 0 {
				t.Errorf("%d days: %s stands at %v, not at the day's beginning", c.days, tick.label, at)
			}
		}
	}
}

func labels(ticks []tick) []string {
	var all []string
	for _, t := range ticks {
		all = append(all, t.label)
	}
	return all
}
