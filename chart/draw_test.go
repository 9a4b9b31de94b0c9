package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

func TestGolden(t *testing.T) {
	for name, c := range map[string]struct {
		picture chart.Picture
		size    chart.Size
		theme   chart.Theme
	}{
		"season": {season(), chart.Season{}.Wide(), chart.Light},
		"empty":  {chart.Season{Title: "No runs"}, chart.MailSize(), chart.Dark},
		"run":    {run(), chart.Size{Width: 480, Height: 480}, chart.Dark},
	} {
		t.Run(name, func(t *testing.T) {
			got := drawn(t, c.picture, chart.SVG, c.size, c.theme)
			file := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(file, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("another picture than %s (-update writes it anew):\n%.2000s", file, diff)
			}
		})
	}
}

func TestSVGForThePage(t *testing.T) {
	s := season()
	s.Title = `<b>"7 & 8"</b>`
	got := drawn(t, s, chart.SVG, chart.Season{}.Wide(), chart.Light)
	var words []string
	for decoder := xml.NewDecoder(bytes.NewReader(got)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local == "style" {
					t.Fatalf("<%s> has an inline style, which a strict page forbids", token.Name.Local)
				}
			}
		case xml.CharData:
			words = append(words, string(token))
		}
	}
	all := strings.Join(words, "|")
	for _, want := range []string{s.Title, s.Alt(), "← left spared", "right spared →", "new strap", "question", "warning", "your normal", "7 May: 48.4 %"} {
		if !strings.Contains(all, want) {
			t.Errorf("the picture does not say %q", want)
		}
	}
}

func TestPNGForTheMail(t *testing.T) {
	first := drawn(t, season(), chart.PNG, chart.MailSize(), chart.Light)
	if again := drawn(t, season(), chart.PNG, chart.MailSize(), chart.Light); !bytes.Equal(first, again) {
		t.Error("the same season made another file")
	}
	if len(first) > 60<<10 {
		t.Errorf("%d bytes: too much for a mail", len(first))
	}
	img, err := png.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 960 || size.Y != 680 {
		t.Errorf("%v pixels, want 960 by 680", size)
	}
	paper, loud := 0, 0
	for y := range 680 {
		for x := range 960 {
			r, g, b, _ := img.At(x, y).RGBA()
			switch {
			case r == 0xFFFF && g == 0xFFFF && b == 0xFFFF:
				paper++
			case r>>8 > 0xD0 && g>>8 > 0x54 && g>>8 < 0x66 && b>>8 < 8: // vermillion
				loud++
			}
		}
	}
	if paper < 960*680/2 || loud < 300 {
		t.Errorf("%d white and %d vermillion pixels: not the picture that was meant", paper, loud)
	}
}

func TestDrawRefuses(t *testing.T) {
	if err := chart.Draw(io.Discard, season(), chart.SVG, chart.Size{Width: 100, Height: 100}, chart.Light); err == nil {
		t.Error("drew a picture without room")
	}
	if err := chart.Draw(io.Discard, season(), "jpeg", chart.MailSize(), chart.Light); err == nil {
		t.Error("drew an unknown format")
	}
	if err := chart.Draw(failing{}, season(), chart.PNG, chart.MailSize(), chart.Light); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestAnyData: whatever the data, every figure in the drawing is a number and
// the text alternative is a sentence.
func TestAnyData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := chart.Season{Title: rapid.String().Draw(t, "title")}
		r := chart.Run{Onset: time.Duration(rapid.Int64Range(0, 1e13).Draw(t, "onset")), Baseline: percent(t), Band: 1}
		at := first
		for range rapid.IntRange(0, 12).Draw(t, "runs") {
			at = at.Add(time.Duration(rapid.Int64Range(0, 1e16).Draw(t, "gap")))
			s.Points = append(s.Points, chart.Point{
				Time: at, Balance: percent(t), Baseline: percent(t), Band: gait.Points(rapid.Float64Range(0, 30).Draw(t, "band")),
				Level: level(t), Marked: rapid.Bool().Draw(t, "marked"),
			})
			r.Minutes = append(r.Minutes, gait.Block{
				Second: rapid.Int32Range(0, 1e6).Draw(t, "second"), Speed: gait.MetresPerSecond(percent(t)), Grade: percent(t),
				Cadence: gait.StepsPerMinute(percent(t)), StanceTime: gait.Milliseconds(percent(t)), StanceTimeBalance: percent(t),
			})
			if rapid.Bool().Draw(t, "change") {
				s.Changes = append(s.Changes, chart.Change{Time: at})
				s.Pain = append(s.Pain, chart.Pain{Time: at, Worst: rapid.IntRange(0, 10).Draw(t, "worst")})
				s.Weeks = append(s.Weeks, chart.Week{Start: at, Distance: gait.Metres(rapid.Float64Range(0, 3e5).Draw(t, "week"))})
			}
		}
		for _, p := range []chart.Picture{s, r} {
			var b bytes.Buffer
			size := chart.Size{Width: 240, Height: rapid.SampledFrom([]float64{200, 440}).Draw(t, "height")}
			if err := chart.Draw(&b, p, chart.SVG, size, chart.Dark); err != nil {
				t.Fatal(err)
			}
			_, drawing, _ := strings.Cut(b.String(), "</title>")
			for _, wrong := range []string{`"NaN`, "NaN,", ",NaN", "Inf,", ",+Inf", ",-Inf"} {
				if strings.Contains(drawing, wrong) {
					t.Fatalf("the drawing holds %q:\n%s", wrong, drawing)
				}
			}
			if alt := p.Alt(); !strings.HasSuffix(alt, ".") || strings.Contains(alt, "NaN") {
				t.Fatalf("alt %q", alt)
			}
		}
	})
}

func percent(t *rapid.T) gait.Percent {
	if rapid.IntRange(0, 3).Draw(t, "unknown") == 0 {
		return gait.Unknown[gait.Percent]()
	}
	return gait.Percent(rapid.Float64Range(0, 100).Draw(t, "percent"))
}

func level(t *rapid.T) gait.Level {
	return rapid.SampledFrom([]gait.Level{"", gait.LevelNone, gait.LevelAsk, gait.LevelWarn}).Draw(t, "level")
}

func drawn(t *testing.T, p chart.Picture, format chart.Format, size chart.Size, theme chart.Theme) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := chart.Draw(&b, p, format, size, theme); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkMail(b *testing.B) {
	for b.Loop() {
		if err := chart.Draw(io.Discard, season(), chart.PNG, chart.MailSize(), chart.Light); err != nil {
			b.Fatal(err)
		}
	}
}
