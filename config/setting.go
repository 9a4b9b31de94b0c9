package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// setting is one key of the file and where its value goes. store's error says
// what is wrong with the value and what to write instead; several errors may
// be joined.
type setting struct {
	key   string
	store func(value any) error
}

// settings returns every key, storing into c. Thresholds come after the
// sensitivity, so that storing in this order lets them stand above it.
func settings(c *Config, env func(string) string) []setting {
	s := &c.Sources
	all := []setting{
		{"log_format", choice(&c.LogFormat, LogText, LogJSON)},
		{"runner.name", text(&c.Runner.Name, oneLine)},
		{"runner.timezone", parsed(&c.Runner.Zone, zone)},
		{"runner.units", choice(&c.Runner.Units, Kilometres, Miles)},
		{"runner.races", races(&c.Runner.Races)},
		{"storage.path", path(&c.Storage.Path, env)},
		{"schedule.sync", text(&c.Schedule.Sync, cronLine)},
		{"schedule.morning", text(&c.Schedule.Morning, orEmpty(cronLine))},
		{"schedule.digest", text(&c.Schedule.Digest, orEmpty(cronLine))},
		{"sources.fit.dirs", paths(&s.FIT.Dirs, env, oneLine)},
		{"sources.fit.settle", duration(&s.FIT.Settle, 0, time.Hour)},
		{"sources.fit.fields.left", text(&s.FIT.Fields.Left, oneLine)},
		{"sources.fit.fields.right", text(&s.FIT.Fields.Right, oneLine)},
		{"sources.fit.fields.balance", text(&s.FIT.Fields.Balance, oneLine)},
		{"sources.strava.enabled", yesNo(&s.Strava.Enabled)},
		{"sources.strava.client_id", text(&s.Strava.ClientID, orEmpty(digits))},
		{"sources.strava.client_secret_file", secret(&s.Strava.ClientSecretFile, env)},
		{"sources.strava.base_url", address(&s.Strava.BaseURL, webAddress)},
		{"sources.strava.retention", duration(&s.Strava.Retention, 0, ages)},
		{"sources.intervals.enabled", yesNo(&s.Intervals.Enabled)},
		{"sources.intervals.athlete_id", text(&s.Intervals.AthleteID, athlete)},
		{"sources.intervals.api_key_file", secret(&s.Intervals.APIKeyFile, env)},
		{"sources.intervals.base_url", address(&s.Intervals.BaseURL, webAddress)},
		{"sources.applehealth.dirs", paths(&s.AppleHealth.Dirs, env, oneLine)},
		{"sources.applehealth.token_file", secret(&s.AppleHealth.TokenFile, env)},
		{"analysis.sensitivity", sensitivity(c)},
		{"alerts.max_age", duration(&c.Alerts.MaxAge, time.Nanosecond, ages)},
		{"alerts.remind_after", duration(&c.Alerts.RemindAfter, time.Nanosecond, ages)},
		{"alerts.digest_when", choice(&c.Alerts.DigestWhen, DigestNeeded, DigestAlways)},
		{"alerts.quiet_hours", parsed(&c.Alerts.QuietHours, quietHours)},
		{"web.listen", text(&c.Web.Listen, listenAddress)},
		{"web.public_url", address(&c.Web.PublicURL, orEmpty(webAddress))},
		{"web.password_file", secret(&c.Web.PasswordFile, env)},
		{"web.trusted_proxies", list(&c.Web.TrustedProxies, checked(network))},
		{"health.ping_url", text(&c.Health.PingURL, orEmpty(webAddress))},
	}
	all = append(all, channelSettings(1, &c.Notify, env)...)
	for i := range c.Notify.More {
		all = append(all, channelSettings(i+2, &c.Notify.More[i], env)...)
	}
	for _, q := range c.Params.Table() {
		all = append(all, setting{q.Key, number(q)})
	}
	return all
}

// ages is longer than any duration that is meant.
const ages = 100 * 365 * 24 * time.Hour

// warning is what is said of a value that is taken all the same.
type warning string

func (w warning) Error() string { return string(w) }

// parsed stores what parse makes of a text.
func parsed[T any](to *T, parse func(string) (T, error)) func(any) error {
	return func(value any) error {
		s, ok := value.(string)
		if !ok {
			return wrongType("a text in quotes", value)
		}
		v, err := parse(s)
		if errors.As(err, new(warning)) || err == nil {
			*to = v
		}
		return err
	}
}

// text stores a string that passes the check.
func text(to *string, check func(string) error) func(any) error {
	return parsed(to, checked(check))
}

// checked takes a string as it is if it passes the check.
func checked(check func(string) error) func(string) (string, error) {
	return func(s string) (string, error) { return s, check(s) }
}

// address stores a URL that others are made of, without a slash at its end.
func address(to *string, check func(string) error) func(any) error {
	return parsed(to, func(s string) (string, error) {
		if strings.ContainsAny(s, "?#") {
			return "", errors.New("this address is too long: remove everything from the ? or # on")
		}
		return strings.TrimRight(s, "/"), check(s)
	})
}

// choice stores one of several words.
func choice[T ~string](to *T, words ...T) func(any) error { return parsed(to, oneOf(words)) }

func oneOf[T ~string](words []T) func(string) (T, error) {
	return func(s string) (T, error) {
		if !slices.Contains(words, T(s)) {
			return "", fmt.Errorf("%q is not one of %s", s, quoted(words))
		}
		return T(s), nil
	}
}

func quoted[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprintf("%q", string(w))
	}
	return strings.Join(out, ", ")
}

func yesNo(to *bool) func(any) error {
	return func(value any) error {
		b, ok := value.(bool)
		if !ok {
			return wrongType("true or false, without quotes", value)
		}
		*to = b
		return nil
	}
}

func whole(to *int, low, high int64) func(any) error {
	return func(value any) error {
		n, ok := value.(int64)
		if !ok {
			return wrongType("a whole number", value)
		}
		if n < low || n > high {
			return fmt.Errorf("%d is outside %d to %d", n, low, high)
		}
		*to = int(n)
		return nil
	}
}

// number stores a threshold.
func number(q gait.Parameter) func(any) error {
	return func(value any) error {
		switch v := value.(type) {
		case int64:
			return q.Set(float64(v))
		case float64:
			return q.Set(v)
		default:
			return wrongType("a number ("+q.Unit+")", value)
		}
	}
}

func sensitivity(c *Config) func(any) error {
	return func(value any) error {
		if err := choice(&c.Sensitivity, gait.Sensitivities()...)(value); err != nil {
			return err
		}
		return c.Params.SetSensitivity(c.Sensitivity)
	}
}

// list stores what parse makes of each text of a list.
func list[T any](to *[]T, parse func(string) (T, error)) func(any) error {
	return func(value any) error {
		items, ok := value.([]any)
		if !ok {
			return wrongType("a list in square brackets", value)
		}
		out := make([]T, len(items))
		var faults []error
		for i, item := range items {
			faults = append(faults, parsed(&out[i], parse)(item))
		}
		if len(out) > 0 {
			*to = out
		}
		return errors.Join(faults...)
	}
}

// path stores an absolute path, expanded; an empty one leaves the default.
func path(to *string, env func(string) string) func(any) error {
	return parsed(to, func(s string) (string, error) {
		if err := oneLine(s); err != nil || s == "" {
			return *to, err
		}
		return expand(s, env)
	})
}

// paths stores absolute paths, expanded, of which each passes the check.
func paths(to *[]string, env func(string) string, check func(string) error) func(any) error {
	return list(to, func(s string) (string, error) {
		p, err := expand(s, env)
		switch {
		case err != nil:
			return "", err
		case p == "":
			return "", errors.New("an empty path names nothing: write the full path, starting with /")
		default:
			return p, check(p)
		}
	})
}

// secret stores the path of a file that holds a secret.
func secret(to *string, env func(string) string) func(any) error {
	return func(value any) error {
		if err := path(to, env)(value); err != nil {
			return err
		}
		return checkSecret(*to)
	}
}

// wrongType says what kind of value is wanted and what was found.
func wrongType(want string, value any) error {
	return fmt.Errorf("must be %s, not %s", want, kind(value))
}

func kind(value any) string {
	switch value.(type) {
	case string:
		return "a text"
	case int64:
		return "a whole number"
	case float64:
		return "a number"
	case bool:
		return "true or false"
	case time.Time:
		return "a date"
	case []any:
		return "a list"
	default:
		return "a section"
	}
}
