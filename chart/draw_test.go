package chart_test

import (
	"bytes"
	"os"
	"testing"

	"gaitkeeper/chart"
)

func TestLook(t *testing.T) {
	for name, c := range map[string]struct {
		s  chart.Size
		th chart.Theme
	}{"mail": {chart.MailSize(), chart.Light}, "dark": {chart.Size{Width: 720, Height: 380, Density: 2}, chart.Dark}} {
		var b bytes.Buffer
		if err := chart.Draw(&b, season(), chart.PNG, c.s, c.th); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/season_"+name+".png", b.Bytes(), 0o600)
		t.Log(name, b.Len())
		b.Reset()
		if err := chart.Draw(&b, season(), chart.SVG, c.s, c.th); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/season_"+name+".svg", b.Bytes(), 0o600)
		t.Log(name, b.Len())
	}
	t.Log(season().Alt())
	for name, c := range map[string]struct {
		s  chart.Size
		th chart.Theme
	}{"mail": {chart.Size{Width: 480, Height: 480, Density: 2}, chart.Light}, "dark": {chart.Size{Width: 720, Height: 520, Density: 2}, chart.Dark}} {
		var b bytes.Buffer
		if err := chart.Draw(&b, run(), chart.PNG, c.s, c.th); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/run_"+name+".png", b.Bytes(), 0o600)
		t.Log(name, b.Len())
	}
	t.Log(run().Alt())
}
