package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// locale writes times in the runner's zone, figures in the runner's units, and
// both as the browser's language does; the words stay English. It is part of
// every frame: {{$.Day .At}}.
type locale struct {
	zone  *time.Location
	miles bool
	dateFormat
}

// dateFormat is how a language writes a day, the time of day and a fraction.
type dateFormat struct {
	day, clock string
	comma      bool
	// sunday tells that weeks begin on Sunday; else on Monday.
	sunday bool
}

func (s *Server) localeOf(r *http.Request) locale {
	return locale{zone: s.zone, miles: s.miles(), dateFormat: dateFormatOf(r.Header.Get("Accept-Language"))}
}

// dateFormatOf returns how the first language known here writes. Browsers name them
// in the order in which their user likes them. Without any it is a form that
// nobody can misread.
func dateFormatOf(accepted string) dateFormat {
	for one := range strings.SplitSeq(accepted, ",") {
		tag, _, _ := strings.Cut(one, ";")
		if t, known := dateFormatNamed(strings.ToLower(strings.TrimSpace(tag))); known {
			return t
		}
	}
	return dateFormat{day: "Mon 2 Jan 2006", clock: "15:04"}
}

func dateFormatNamed(tag string) (t dateFormat, known bool) {
	language, _, _ := strings.Cut(tag, "-")
	t, known = tongueOfLanguage(tag, language)
	t.sunday = slices.Contains(fromSunday(), tag) || slices.Contains(fromSunday(), language)
	return t, known
}

// fromSunday are the languages, and the countries, whose weeks begin on Sunday: the
// first day of the week in Unicode's CLDR.
func fromSunday() []string {
	return []string{"en-us", "en-ca", "en-in", "en-za", "en-ph", "es-mx", "es-co", "es-pe", "pt", "pt-br", "ja", "ko", "zh-tw", "zh-hk"}
}

func tongueOfLanguage(tag, language string) (t dateFormat, known bool) {
	switch {
	case tag == "en-us":
		return dateFormat{day: "Mon, Jan 2, 2006", clock: "3:04 PM"}, true
	case language == "en":
		return dateFormat{day: "Mon 2 Jan 2006", clock: "15:04"}, true
	}
	switch language {
	case "de", "da", "nb", "nn", "no", "fi", "cs", "pl", "ru", "uk", "tr":
		return dateFormat{day: "02.01.2006", clock: "15:04", comma: true}, true
	case "fr", "es", "it", "pt", "el", "ca":
		return dateFormat{day: "02/01/2006", clock: "15:04", comma: true}, true
	case "nl":
		return dateFormat{day: "02-01-2006", clock: "15:04", comma: true}, true
	case "sv", "hu", "lt":
		return dateFormat{day: time.DateOnly, clock: "15:04", comma: true}, true
	case "ja", "zh", "ko":
		return dateFormat{day: "2006/01/02", clock: "15:04"}, true
	default:
		return dateFormat{}, false
	}
}

// When writes a day and the time of day.
func (l locale) When(t time.Time) string { return t.In(l.zone).Format(l.day + ", " + l.clock) }

// Day writes a day.
func (l locale) Day(t time.Time) string { return t.In(l.zone).Format(l.day) }

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
