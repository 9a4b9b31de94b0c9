package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// locale writes times in the runner's zone and figures in the runner's units, with
// the decimal mark and the first day of the week of the browser's language; the words
// stay English. It is part of every frame: {{$.Day .At}}.
type locale struct {
	zone  *time.Location
	miles bool
	language
}

// day and clock are how dates and times are written everywhere, as on the charts and
// in mails: a form that nobody can misread.
const (
	day   = "Mon 2 Jan 2006"
	clock = "15:04"
)

// language is what a page takes from the browser's language.
type language struct {
	comma  bool // before the decimals
	sunday bool // weeks begin on Sunday; else on Monday
}

func (s *Server) localeOf(r *http.Request) locale {
	return locale{zone: s.zone, miles: s.miles(), language: languageOf(r.Header.Get("Accept-Language"))}
}

// date reads a day as addresses and forms write it; the error says how.
func (s *Server) date(typed string) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, typed, s.zone)
	if err != nil {
		return day, gait.Refusef("%.40q is not a date: write it as in 2026-05-01", typed)
	}
	return day, nil
}

// languageOf returns what the first language known here wants. Browsers name them in
// the order in which their user likes them.
func languageOf(accepted string) language {
	for one := range strings.SplitSeq(accepted, ",") {
		tag, _, _ := strings.Cut(one, ";")
		tag = strings.ToLower(strings.TrimSpace(tag))
		name, _, _ := strings.Cut(tag, "-")
		l := language{comma: slices.Contains(withComma(), name), sunday: slices.Contains(fromSunday(), tag) || slices.Contains(fromSunday(), name)}
		if l != (language{}) || slices.Contains(withPoint(), name) {
			return l
		}
	}
	return language{}
}

// withComma are languages that write a comma before the decimals, withPoint those that
// write a point (Unicode's CLDR).
func withComma() []string {
	return []string{"de", "da", "nb", "nn", "no", "fi", "cs", "pl", "ru", "uk", "tr", "fr", "es", "it", "pt", "el", "ca", "nl", "sv", "hu", "lt"}
}

func withPoint() []string { return []string{"en", "ja", "zh", "ko"} }

// fromSunday are the languages, and the countries, whose weeks begin on Sunday: the
// first day of the week in Unicode's CLDR.
func fromSunday() []string {
	return []string{"en-us", "en-ca", "en-in", "en-za", "en-ph", "es-mx", "es-co", "es-pe", "pt", "pt-br", "ja", "ko", "zh-tw", "zh-hk"}
}

// When writes a day and the time of day.
func (l locale) When(t time.Time) string { return t.In(l.zone).Format(day + ", " + clock) }

func (l locale) Day(t time.Time) string { return t.In(l.zone).Format(day) }

// WeekOf returns the first moment of the week that a moment lies in.
func (l locale) WeekOf(t time.Time) time.Time {
	t = t.In(l.zone)
	return time.Date(t.Year(), t.Month(), t.Day()-l.weekday(t), 0, 0, 0, 0, l.zone)
}

// weekday is how many days before t its week began.
func (l locale) weekday(t time.Time) int {
	return (int(t.Weekday()-l.firstDay()) + daysInWeek) % daysInWeek
}

func (l locale) firstDay() time.Weekday {
	if l.sunday {
		return time.Sunday
	}
	return time.Monday
}

// ISO writes a moment for the datetime attribute of <time>.
func (l locale) ISO(t time.Time) string { return t.In(l.zone).Format(time.RFC3339) }

// Number writes a figure with so many decimals; a dash where it is not known.
func (l locale) Number(places int, v *float64) string {
	if v == nil {
		return "–"
	}
	text := strconv.FormatFloat(*v, 'f', places, 64)
	if l.comma {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Float is Number of a figure that is known.
func (l locale) Float(places int, v float64) string { return l.Number(places, &v) }

// Plain writes a figure with as many decimals as it has.
func (l locale) Plain(v float64) string { return l.Number(-1, &v) }

// Signed is Number with a sign; without one where it rounds to zero.
func (l locale) Signed(places int, v *float64) string {
	text := l.Number(places, v)
	switch {
	case strings.Trim(text, "-0.,") == "":
		return strings.TrimPrefix(text, "-")
	case v != nil && *v >= 0:
		return "+" + text
	}
	return strings.Replace(text, "-", "−", 1)
}

// Distance writes a distance with its unit; a dash where it is not known.
func (l locale) Distance(metres *float64) string {
	if metres == nil {
		return "–"
	}
	unit, name := gait.Kilometre, " km"
	if l.miles {
		unit, name = gait.Mile, " mi"
	}
	d := *metres / float64(unit)
	return l.Number(1, &d) + name
}

// Metres is [locale.Distance] of a distance that is known.
func (l locale) Metres(metres float64) string { return l.Distance(&metres) }

// Minutes writes a length of time in seconds: "45:10", "1:05:00".
func (l locale) Minutes(seconds int) string { return minutes(seconds) }
