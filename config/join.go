package config

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
)

// join checks what no key can tell alone, and fits together what two keys
// make.
func (l *loader) join() {
	c := &l.config
	if c.Storage.Path == "" && !l.faulty["storage.path"] {
		l.fault("storage.path", "no home directory is known: write the path of the database")
	}
	if c.Runner.Zone == time.Local && !l.faulty["runner.timezone"] {
		if err := checkLocal(l.env("TZ"), localtime); err != nil {
			l.fault("runner.timezone", "%v", err)
		}
	}
	for i, day := range c.Runner.Races {
		c.Runner.Races[i] = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, c.Runner.Zone)
	}
	l.joinSources()
	for i, n := range c.Notify.All() {
		l.joinChannels(i+1, n)
	}
	l.joinWeb()
}

func (l *loader) joinSources() {
	if f := l.config.Sources.FIT.Fields; f != (FITFields{}) {
		l.needs("sources.fit.fields.left", f.Balance != "" || f.Left != "", "the right foot alone has no balance: name the field of the left one, too")
		l.needs("sources.fit.fields.right", f.Balance != "" || f.Right != "", "the left foot alone has no balance: name the field of the right one, too")
		l.needs("sources.fit.fields.right", f.Right == "" || !strings.EqualFold(strings.TrimSpace(f.Left), strings.TrimSpace(f.Right)), "this is the field of the left foot: name that of the right one")
		l.needs("sources.fit.fields.balance", f.Balance == "" || f.Left+f.Right == "", "name the two feet or the balance, not both")
	}
	if s := l.config.Sources.Strava; s.Enabled {
		l.needs("sources.strava.client_id", s.ClientID != "", "Strava is enabled: write the client ID of your API application")
		l.needs("sources.strava.client_secret_file", s.ClientSecretFile != "", "Strava is enabled: name the file that holds the client secret of your API application")
	}
	if s := l.config.Sources.Intervals; s.Enabled {
		l.needs("sources.intervals.api_key_file", s.APIKeyFile != "", "intervals.icu is enabled: name the file that holds your API key")
	}
}

func (l *loader) joinWeb() {
	w := l.config.Web
	if w.PasswordFile == "" && !l.faulty["web.password_file"] && !loopback(w.Listen) {
		l.fault("web.listen", "others can reach the page at %q: set web.password_file, or listen on 127.0.0.1", w.Listen)
	}
	if w.PasswordFile == "" || unresolved(w.PasswordFile) || l.faulty["web.password_file"] {
		return
	}
	if hash, err := Secret(w.PasswordFile); err == nil && !strings.HasPrefix(hash, "$argon2id$") {
		l.fault("web.password_file", "%s holds no argon2id hash: make one with `gaitkeeper hash-password`", w.PasswordFile)
	}
}

// needs records a fault of a key whose value is wanted and not there, unless
// the key has a fault of its own already.
func (l *loader) needs(key string, there bool, text string) {
	if !there && !l.faulty[key] {
		l.fault(key, "%s", text)
	}
}

// Warnings says what is no fault of the file but may not be meant: one line
// each, for `check` and the log.
func (c Config) Warnings() []string {
	out := slices.Concat(c.Gone, c.Mounted)
	for _, dir := range c.Sources.FIT.Dirs {
		if !isFolder(dir) {
			out = append(out, "sources.fit.dirs: "+dir+" is not a folder, or this user may not see it: nothing is read from it until it is there")
		}
		if inside(c.Storage.Path, dir) {
			out = append(out, "sources.fit.dirs: the database lies inside "+dir+": give it a folder of its own")
		}
	}
	if s := c.Sources.Strava; s.Enabled && (s.Retention == 0 || s.Retention > 7*24*time.Hour) {
		out = append(out, "sources.strava.retention: Strava's terms allow raw data to be kept for 7 days")
	}
	if c.Web.PublicURL != "" && c.Web.PasswordFile == "" {
		out = append(out, "web.public_url: there is no password, so through a reverse proxy only the links in messages work: set web.password_file to open the page there")
	}
	if !c.Notify.carries(alert.TopicWarning) {
		out = append(out, `notify: none of the channels' kinds is "warning": only the page shows a warning`)
	}
	for i, n := range c.Notify.All() {
		if _, path, _ := strings.Cut(n.Ntfy.Server, "://"); strings.Contains(path, "/") {
			out = append(out, Numbered("notify.ntfy", i+1)+".server: there is a path after the host: if it is the topic, write it into topic only")
		}
		if n.Email.inTheClear() {
			out = append(out, Numbered("notify.email", i+1)+`.tls: with "none" the password crosses the network in the clear`)
		}
	}
	return out
}

func inside(file, dir string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(rel)
}
