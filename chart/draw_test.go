package chart_test

import (
	"bytes"
	"math"
	"os"
	"testing"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

func TestLook(t *testing.T) {
	draw := func(name string, p chart.Picture, s chart.Size, th chart.Theme) {
		var b bytes.Buffer
		if err := chart.Draw(&b, p, chart.PNG, s, th); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/"+name+".png", b.Bytes(), 0o600)
		n := b.Len()
		b.Reset()
		if err := chart.Draw(&b, p, chart.SVG, s, th); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/"+name+".svg", b.Bytes(), 0o600)
		t.Log(name, n, b.Len(), p.Alt())
	}
	draw("s_mail", season(), chart.MailSize(), chart.Light)
	draw("s_none", chart.Season{Title: "No runs"}, chart.MailSize(), chart.Light)
	one := chart.Season{Title: "One run, and a title that is far too long for the width of a phone's mail", Points: season().Points[33:]}
	draw("s_one", one, chart.MailSize(), chart.Light)
	few := season()
	few.Points = few.Points[:5]
	few.Pain = nil
	few.Points[2].Marked = true
	draw("s_few", few, chart.MailSize(), chart.Light)
	draw("s_narrow", season(), chart.Size{Width: 320, Height: 300, Density: 2}, chart.Dark)
	// three years
	big := chart.Season{Title: "Three years"}
	at := first
	for i := range 600 {
		big.Points = append(big.Points, chart.Point{Time: at, Balance: gait.Percent(49.6 + 0.6*math.Sin(float64(i)*2.1) + 0.5*math.Sin(float64(i)/40)), Baseline: gait.Percent(49.6 + 0.5*math.Sin(float64(i)/40-.3)), Band: 1})
		if i%97 == 50 {
			big.Points[i].Level = gait.LevelAsk
		}
		if i%35 == 5 {
			big.Pain = append(big.Pain, chart.Pain{Time: at, Worst: i % 7})
		}
		if i%90 == 60 {
			big.Changes = append(big.Changes, chart.Change{Time: at})
		}
		at = at.AddDate(0, 0, 1+i%3)
		if i == 300 {
			at = at.AddDate(0, 2, 0)
		}
	}
	big.Points[599].Marked = true
	draw("s_big", big, chart.MailSize(), chart.Light)
	draw("s_bigpage", big, chart.Size{Width: 720, Height: 380, Density: 2}, chart.Light)
	draw("r_mail", run(), chart.Size{Width: 480, Height: 480, Density: 2}, chart.Light)
	draw("r_none", chart.Run{Title: "Nothing"}, chart.MailSize(), chart.Light)
	r := run()
	r.Minutes = r.Minutes[:1]
	r.Onset = 0
	r.Level = ""
	r.Baseline = gait.Unknown[gait.Percent]()
	draw("r_one", r, chart.MailSize(), chart.Light)
	r = run()
	r.Onset = 44 * time.Minute
	r.Duration = 45 * time.Minute
	for i := range r.Minutes {
		r.Minutes[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
	}
	draw("r_bare", r, chart.Size{Width: 480, Height: 480, Density: 2}, chart.Light)
	_ = simulate.Pulse
}
