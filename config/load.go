package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// Default returns what stands where the file is silent, with the database at
// the place the environment gives it. env looks up a variable, as [os.Getenv].
func Default(env func(string) string) Config {
	return withDefaults("", env)
}

func withDefaults(file string, env func(string) string) Config {
	return Config{
		File:      file,
		LogFormat: LogText,
		Runner:    Runner{Zone: time.Local, Units: Kilometres},
		Storage:   Storage{Path: database(file, env)},
		Schedule:  Schedule{Sync: "*/15 * * * *", Morning: "30 7 * * *", Digest: "0 18 * * SUN"},
		Sources: Sources{
			FIT:       FIT{Settle: 10 * time.Second},
			Strava:    Strava{BaseURL: "https://www.strava.com", Retention: 168 * time.Hour},
			Intervals: Intervals{AthleteID: "0", BaseURL: "https://intervals.icu"},
		},
		Params:      gait.DefaultParams(),
		Sensitivity: gait.Balanced,
		Alerts: Alerts{
			MaxAge: 72 * time.Hour, RemindAfter: 72 * time.Hour, DigestWhen: DigestNeeded,
			QuietHours: alert.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour},
		},
		Notify: Notify{Email: defaultEmail()},
		Web:    Web{Listen: "127.0.0.1:8787"},
	}
}

func defaultEmail() Email {
	const microsoft = "https://login.microsoftonline.com/common/oauth2/v2.0/token" // #nosec G101 -- an address
	return Email{Port: 587, TLS: TLSStart, Auth: AuthPassword, OAuth: OAuth{TokenURL: microsoft}}
}

// maxFile is the size in bytes beyond which a file is no config but a mistake.
const maxFile = 1 << 20

// Load reads the config file at path; an empty path looks for it as [Find]
// does and ends with the built-in defaults. env looks up a variable, as
// [os.Getenv]. Whatever is wrong comes back as [Faults], all of it at once.
func Load(path string, env func(string) string) (Config, error) {
	file, err := Find(path, env)
	if err != nil {
		return Config{}, Faults{{Text: err.Error()}}
	}
	var text []byte
	if file != "" {
		if text, err = readAtMost(file, maxFile); err != nil {
			return Config{}, Faults{{Text: unreadable(file, err).Error()}}
		}
	}
	l := newLoader(file, string(text), env)
	l.settle()
	l.join()
	if len(l.faults) > 0 {
		slices.SortStableFunc(l.faults, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key)) })
		return Config{}, l.faults
	}
	return l.config, nil
}

// loader turns a document into a config and gathers what is wrong with it.
type loader struct {
	doc      document
	env      func(string) string
	config   Config
	settings []setting
	faults   Faults
	// faulty are the keys that have a fault already.
	faulty map[string]bool
}

func newLoader(file, text string, env func(string) string) *loader {
	doc, faults := parse(text)
	l := &loader{doc: doc, env: env, config: withDefaults(file, env), faulty: map[string]bool{}}
	for range doc.most - 1 {
		l.config.Notify.More = append(l.config.Notify.More, Notify{Email: defaultEmail()})
	}
	l.settings = settings(&l.config, env)
	for _, f := range faults {
		f.File = file
		l.faults = append(l.faults, f)
		l.faulty[f.Key] = true
	}
	return l
}

// fault records what is wrong with a key.
func (l *loader) fault(key, format string, args ...any) {
	l.faulty[key] = true
	l.faults = append(l.faults, Fault{File: l.config.File, Line: l.doc.line(key), Key: key, Text: fmt.Sprintf(format, args...)})
}

// settle puts every value of the document into the config. The sensitivity
// goes first: single thresholds stand above it.
func (l *loader) settle() {
	for _, s := range l.settings {
		for _, e := range l.doc.entries {
			if e.key == s.key {
				l.store(s, e.value)
			}
		}
	}
	var done []string // what is inside them has been spoken of
	for _, e := range l.doc.entries {
		if below(e.key, done) || l.isSection(e.key) && isTable(e.value) {
			continue
		}
		done = append(done, e.key)
		if err := gait.Fixed(e.key); err != nil {
			l.config.Gone = append(l.config.Gone, err.Error()+"; the line does nothing: delete it")
		} else if !l.isSetting(e.key) {
			l.fault(e.key, "%s", l.misplaced(e))
		}
	}
}

func (l *loader) store(s setting, value any) {
	faults := []error{s.store(value)}
	var several interface{ Unwrap() []error }
	if errors.As(faults[0], &several) {
		faults = several.Unwrap()
	}
	for _, err := range faults {
		switch {
		case errors.As(err, new(warning)):
			l.config.Mounted = append(l.config.Mounted, s.key+": "+err.Error())
		case err != nil:
			l.fault(s.key, "%v", err)
		}
	}
}

// misplaced says what is wrong with an entry that is neither a setting nor a
// section.
func (l *loader) misplaced(e entry) string {
	_, repeated := e.value.([]map[string]any)
	switch {
	case !l.isSection(e.key):
		return l.unknown(e)
	case repeated:
		return fmt.Sprintf("this section is there once: write [%s], not [[%s]]", e.key, e.key)
	default:
		return fmt.Sprintf("this is a section: write [%s] and its keys on the lines below it", e.key)
	}
}

func isTable(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

func (l *loader) isSetting(key string) bool {
	return slices.ContainsFunc(l.settings, func(s setting) bool { return s.key == key })
}

func (l *loader) isSection(key string) bool {
	return slices.ContainsFunc(l.settings, func(s setting) bool { return strings.HasPrefix(s.key, key+".") })
}

// below reports whether the key stands inside one of the sections.
func below(key string, sections []string) bool {
	return slices.ContainsFunc(sections, func(s string) bool { return strings.HasPrefix(key, s+".") })
}
