package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/gait"
)

// env is an environment with a home directory and the given variables.
func env(set map[string]string) func(string) string {
	return func(name string) string {
		if v, ok := set[name]; ok {
			return v
		}
		if name == "HOME" {
			return "/home/anna"
		}
		return ""
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	return secretFile(t, "config.toml", text)
}

func secretFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var sameZone = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

func TestLoadTakesEveryKindOfValue(t *testing.T) {
	password := secretFile(t, "smtp", "pass\n")
	hash := secretFile(t, "web", "$argon2id$v=19$m=65536,t=3,p=2$c2FsdA$aGFzaA\n")
	file := write(t, `
log_format = "json"
[runner]
name = "Anna"
timezone = "Europe/Berlin"
units = "miles"
races = ["2027-04-11", 2027-10-03]
[storage]
path = "~/gait/${NAME}.db"
[schedule]
morning = ""
digest = "0 18 * * 0"
[sources.fit]
dirs = ["~/fit", "/srv/garmin/"]
settle = "0"
[sources.strava]
retention = "0"
base_url = "https://www.strava.com/"
[analysis]
warm_up = 420
[pain]
high = 5
less_volume = 0.5
[alerts]
quiet_hours = "21:30 - 06:00"
[notify.email]
host = "smtp.example.org"
port = 465
tls = "implicit"
username = "anna"
password_file = "`+password+`"
from = "Gaitkeeper <gait@example.org>"
to = ["anna@example.org"]
[web]
listen = ":8080"
public_url = "https://gait.example.org/"
password_file = "`+hash+`"
`)
	environment := env(map[string]string{"NAME": "anna"})
	got, err := config.Load(file, environment)
	if err != nil {
		t.Fatal(err)
	}
	berlin, _ := time.LoadLocation("Europe/Berlin")
	want := config.Default(environment)
	want.File = file
	want.LogFormat = config.LogJSON
	want.Runner = config.Runner{Name: "Anna", Zone: berlin, Units: config.Miles, Races: []time.Time{
		time.Date(2027, 4, 11, 0, 0, 0, 0, berlin), time.Date(2027, 10, 3, 0, 0, 0, 0, berlin),
	}}
	want.Storage.Path = "/home/anna/gait/anna.db"
	want.Schedule.Morning, want.Schedule.Digest = "", "0 18 * * 0"
	want.Sources.FIT = config.FIT{Dirs: []string{"/home/anna/fit", "/srv/garmin"}}
	want.Sources.Strava.Retention = 0
	want.Params.Analysis.WarmUp, want.Params.Pain.High, want.Params.Pain.LessVolume = 420, 5, 0.5
	want.Alerts.QuietHours = alert.QuietHours{From: 21*time.Hour + 30*time.Minute, To: 6 * time.Hour}
	e := &want.Notify.Email
	e.Host, e.Port, e.TLS, e.Username, e.PasswordFile = "smtp.example.org", 465, config.TLSImplicit, "anna", password
	e.From, e.To = "Gaitkeeper <gait@example.org>", []string{"anna@example.org"}
	want.Web = config.Web{Listen: ":8080", PublicURL: "https://gait.example.org", PasswordFile: hash}
	if diff := cmp.Diff(want, got, sameZone); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A single threshold stands above the sensitivity, wherever each is written.
func TestSensitivityGivesWayToSingleThresholds(t *testing.T) {
	c, err := config.Load(write(t, "[analysis]\nwarn = 3\nsensitivity = \"calm\"\n"), env(nil))
	if err != nil {
		t.Fatal(err)
	}
	calm := gait.DefaultParams()
	if err := calm.SetSensitivity(gait.Calm); err != nil {
		t.Fatal(err)
	}
	if c.Params.Analysis.WarnLogOdds != 3 || c.Params.Analysis.AskLogOdds != calm.Analysis.AskLogOdds || c.Sensitivity != gait.Calm {
		t.Errorf("%s, ask %v, warn %v", c.Sensitivity, c.Params.Analysis.AskLogOdds, c.Params.Analysis.WarnLogOdds)
	}
}

// Every fault of a file is told at once, in the order of the lines, whatever
// the others are.
func TestLoadTellsAllFaultsAtOnce(t *testing.T) {
	file := write(t, `log_format = 3
[runner]
timezone = "Europe/Berlni"
name = 'unfinished
races = ["2027-02-30", 7]
[schedule]
sync = "often"
[sources.fit]
dirs = ["fit"]
[notify.email]
host = "smtp.example.org"
port = 99999
[web]
listen = "0.0.0.0:80"
colour = "red"
`)
	_, err := config.Load(file, env(nil))
	var faults config.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, strings.TrimPrefix(f.Error(), file+":"))
	}
	want := []string{
		`1: log_format: must be a text in quotes, not a whole number`,
		`3: runner.timezone: no time zone is named "Europe/Berlni": write "Local" or a name such as "Europe/Berlin"`,
		`4: runner.name: this is not TOML: strings cannot contain newlines`,
		`5: runner.races: "2027-02-30" is not a date: write year, month and day as in "2027-04-11"`,
		`5: runner.races: must be a date such as "2027-04-11", not a whole number`,
		`7: schedule.sync: "often" does not have five fields: write minute, hour, day, month and weekday, as in "30 7 * * *"`,
		`9: sources.fit.dirs: "fit" is relative: write the full path, starting with /`,
		`10: notify.email.from: mail is half configured: write the sender's address`,
		`10: notify.email.to: mail is half configured: write at least one address to send to`,
		`12: notify.email.port: 99999 is outside 1 to 65535`,
		`14: web.listen: others can reach the page at "0.0.0.0:80": set web.password_file, or listen on 127.0.0.1`,
		`15: web.colour: no such key; config.example.toml has them all`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Each line of the table is one faulty file and the one fault it has.
func TestFaults(t *testing.T) {
	open := secretFile(t, "open", "secret")
	everybodyReads(t, open)
	empty := secretFile(t, "empty", "\n")
	plain := secretFile(t, "plain", "no hash")
	for _, tc := range []struct{ name, text, want string }{
		// keys and sections
		{"typo", "[web]\nlisen = ':1'", `2: web.lisen: no such key: did you mean web.listen?`},
		{"key in the wrong section", "[runner]\nquiet_hours = ''", `2: runner.quiet_hours: no such key: did you mean alerts.quiet_hours?`},
		{"unknown section says so once", "[notify.emial]\nhost = 'a'\nport = 1", `1: notify.emial: no such section: did you mean notify.email?`},
		{"section as a value", "web = 'here'", `1: web: this is a section: write [web] and its keys on the lines below it`},
		{"section as a list", "[[runner]]\nname = 'Anna'", `1: runner: this section is there once: write [runner], not [[runner]]`},
		{"value as a section", "[runner.name]\nfirst = 'Anna'", `1: runner.name: must be a text in quotes, not a section`},
		{"threshold out of range", "[pain]\nhigh = 11", `2: pain.high: 11 is outside 1 to 10 (of 10)`},
		{"threshold of another type", "[pain]\nhigh = 'six'", `2: pain.high: must be a number (of 10), not a text`},
		{"threshold not whole", "[pain]\nhigh = 5.5", `2: pain.high: 5.5 is not a whole number`},
		{"sensitivity", "[analysis]\nsensitivity = 'loud'", `2: analysis.sensitivity: "loud" is not one of "calm", "balanced", "keen"`},
		{"one foot alone", "[sources.fit.fields]\nleft = 'GCT_L'", `1: sources.fit.fields.right: the left foot alone has no balance`},
		{"one field for both feet", "[sources.fit.fields]\nleft = 'gct'\nright = 'GCT '", `3: sources.fit.fields.right: this is the field of the left foot: name that of the right one`},
		{"a channel twice", "[notify.ntfy]\nserver = 'https://ntfy.sh'\ntopic = 'a'\n[notify.ntfy]\ntopic = 'b'", `4: notify.ntfy: this section is there twice: for several channels of one kind, write [[notify.ntfy]] above each`},
		{"a channel once and in a list", "[notify.ntfy]\nserver = 'https://ntfy.sh'\ntopic = 'a'\n[[notify.ntfy]]\ntopic = 'b'", `4: notify.ntfy: this section is there twice`},
		{"a channel in a list and once", "[[notify.ntfy]]\nserver = 'https://ntfy.sh'\ntopic = 'a'\n[notify.ntfy]\ntopic = 'b'", `4: notify.ntfy: this section is there twice`},
		{"feet and balance", "[sources.fit.fields]\nleft = 'a'\nright = 'b'\nbalance = 'c'", `4: sources.fit.fields.balance: name the two feet or the balance, not both`},
		// syntax
		{"key twice", "log_format = 'text'\nlog_format = 'json'", `2: log_format: this is not TOML: Key 'log_format' has already been defined`},
		{"section without its end", "[web\nlisten = ':1'", `1: this is not TOML: expected '.' or ']' to end table name, but got '\n' instead`},
		{"list without its end", "[sources.fit]\ndirs = ['/a',\n[web]\n", `3: sources.fit.dirs: this is not TOML: `},
		{"one fault, not a missing key besides", "[notify.email]\nhost = 'h'\nto = ['a@b.de']\nfrom = a@b.de", `4: notify.email.from: this is not TOML: `},
		// secrets
		{"file key with a typo", "[notify.webhook]\nsecrets_file = '/x'", `2: notify.webhook.secrets_file: no such key: did you mean notify.webhook.secret_file?`},
		{"secret in the file", "[notify.email]\npassword = 'x'", `2: notify.email.password: a secret is never written in this file: put it into a file of its own, chmod 600 it, and name that file with notify.email.password_file`},
		{"secret under another name", "[notify.ntfy]\naccess_token = 'x'", `2: notify.ntfy.access_token: a secret is never written in this file: put it into a file of its own, chmod 600 it, and name that file with notify.ntfy.token_file`},
		{"URL that is a secret", "[notify.shoutrrr]\nurl = 'x'", `2: notify.shoutrrr.url: a secret is never written in this file: put it into a file of its own, chmod 600 it, and name that file with notify.shoutrrr.url_files`},
		{"secret in an address", "[notify.webhook]\nurl = 'https://anna:pw@example.org'", `2: notify.webhook.url: a secret is never written in this file: take user and password out of the address`},
		{"secret missing", "[notify.shoutrrr]\nurl_files = ['/nowhere/x']", `2: notify.shoutrrr.url_files: /nowhere/x is missing: write the secret into it and chmod 600 it`},
		{"secret empty", "[notify.shoutrrr]\nurl_files = ['" + empty + "']", `2: notify.shoutrrr.url_files: ` + empty + ` is empty: write the secret into it`},
		{"secret for all to read", "[notify.shoutrrr]\nurl_files = ['" + open + "']", `2: notify.shoutrrr.url_files: ` + open + ` can be read by everybody on this machine: chmod 600 it`},
		{"password that is no hash", "[web]\npassword_file = '" + plain + "'", "2: web.password_file: " + plain + " holds no argon2id hash: make one with `gaitkeeper hash-password`"},
		{"variable that is not set", "[storage]\npath = '${NOWHERE}/x.db'", `2: storage.path: the environment has no NOWHERE`},
		// values
		{"cron with six fields", "[schedule]\nsync = '0 0 * * * *'", `2: schedule.sync: "0 0 * * * *" does not have five fields: write minute, hour, day, month and weekday, as in "30 7 * * *"`},
		{"cron with a name", "[schedule]\nsync = '@daily'", `2: schedule.sync: "@daily" does not have five fields: write minute, hour, day, month and weekday, as in "30 7 * * *"`},
		{"cron with a zone of its own", "[schedule]\nsync = 'TZ=UTC 0 * * *'", `2: schedule.sync: "TZ=UTC 0 * * *" does not have five fields: write minute, hour, day, month and weekday, as in "30 7 * * *"`},
		{"cron out of range", "[schedule]\nsync = '61 * * * *'", `2: schedule.sync: "61 * * * *" is not a schedule (`},
		{"cron that never comes", "[schedule]\nsync = '0 0 30 2 *'", `2: schedule.sync: "0 0 30 2 *" never happens: no month has that day`},
		{"sync switched off", "[schedule]\nsync = ''", `2: schedule.sync: "" does not have five fields`},
		{"duration as a number", "[alerts]\nmax_age = 72", `2: alerts.max_age: must be a duration in quotes such as "72h", not a whole number`},
		{"duration without a unit", "[alerts]\nmax_age = '72'", `2: alerts.max_age: "72" is not a duration: write a number and h, m or s, as in "72h" or "10m30s"`},
		{"duration of nothing", "[alerts]\nremind_after = '0'", `2: alerts.remind_after: "0" is too short: it must be longer than 0`},
		{"duration below zero", "[sources.fit]\nsettle = '-1s'", `2: sources.fit.settle: "-1s" is negative`},
		{"duration too long", "[sources.fit]\nsettle = '2h'", `2: sources.fit.settle: "2h" is too long: 1h at most`},
		{"quiet hours", "[alerts]\nquiet_hours = '10pm to 7am'", `2: alerts.quiet_hours: "10pm to 7am" is not a time span: write it as "22:00-07:00", or "" for none`},
		{"quiet hours of no length", "[alerts]\nquiet_hours = '07:00-07:00'", `2: alerts.quiet_hours: "07:00-07:00" begins and ends at the same time; write "" for none`},
		{"units", "[runner]\nunits = 'mi'", `2: runner.units: "mi" is not one of "km", "miles"`},
		{"tls", "[notify.email]\ntls = 'ssl'", `2: notify.email.tls: "ssl" is not one of "starttls", "implicit", "none"`},
		{"listen without a port", "[web]\nlisten = '127.0.0.1'", `2: web.listen: "127.0.0.1" is not an address to listen on: write it as in "127.0.0.1:8787"`},
		{"listen on a port there is not", "[web]\nlisten = '127.0.0.1:70000'", `2: web.listen: port "70000" is outside 0 to 65535`},
		{"listen on the network", "[web]\nlisten = '192.168.1.2:80'", `2: web.listen: others can reach the page at "192.168.1.2:80": set web.password_file, or listen on 127.0.0.1`},
		{"mail host with a port", "[notify.email]\nhost = 'smtp.example.org:587'", `2: notify.email.host: "smtp.example.org:587" holds more than the host: the port goes into port`},
		{"address of no web", "[health]\nping_url = 'hc-ping.com/x'", `2: health.ping_url: this is not a web address: write all of it, as in "https://example.org"`},
		{"topic", "[notify.ntfy]\nserver = 'https://ntfy.sh'\ntopic = 'my topic'", `3: notify.ntfy.topic: "my topic" is not a topic: use up to 64 letters, digits, - and _`},
		{"public address with more behind it", "[web]\npublic_url = 'https://gait.example.org/?from=mail#top'", "2: web.public_url: this address is too long: remove everything from the ? or # on"},
		{"topic too long", "[notify.ntfy]\nserver = 'https://ntfy.sh'\ntopic = '" + strings.Repeat("x", 65) + "'", `3: notify.ntfy.topic: "xxx`},
		{"port 0 for mail", "[notify.email]\nport = 0", `2: notify.email.port: 0 is outside 1 to 65535`},
		{"athlete", "[sources.intervals]\nathlete_id = 'me'", `2: sources.intervals.athlete_id: "me" is not an athlete: write "0" for the owner of the key, or an ID such as "i12345"`},
		// what two keys make
		{"mail without a host", "[notify.email]\nfrom = 'a@example.org'", `1: notify.email.host: mail is half configured: write the mail server's name`},
		{"mail without addresses, one of them faulty", "[notify.email]\nhost = 'h'\nfrom = 'nobody'\nto = ['a@example.org']", `3: notify.email.from: "nobody" is not a mail address: write it as in "you@example.org"`},
		{"username without a password", "[notify.email]\nhost = 'h'\nfrom = 'a@b.de'\nto = ['a@b.de']\nusername = 'a'", `1: notify.email.password_file: there is a user name: name the file that holds its password`},
		{"topic without a server", "[notify.ntfy]\ntopic = 'x'", `1: notify.ntfy.server: ntfy is half configured: write its server, as in "https://ntfy.sh"`},
		{"server without a topic", "[notify.ntfy]\nserver = 'https://ntfy.sh'", `1: notify.ntfy.topic: ntfy is half configured: write the topic to publish to`},
		{"webhook's secret without the webhook", "[notify.webhook]\nsecret_file = '" + plain + "'", `1: notify.webhook.url: the webhook is half configured: write the address to post to`},
		{"intervals without a key", "[sources.intervals]\nenabled = true", `1: sources.intervals.api_key_file: intervals.icu is enabled: name the file that holds your API key`},
		{"enabled in quotes", "[sources.intervals]\nenabled = 'yes'", `2: sources.intervals.enabled: must be true or false, without quotes, not a text`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := config.FaultLines(write(t, tc.text), env(nil))
			if !strings.HasPrefix(got, tc.want) || got == "" || strings.Contains(got, "\n") {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// A broken header costs its own section alone.
func TestFaultsBehindABrokenSection(t *testing.T) {
	got := strings.TrimSpace(config.FaultLines(write(t, "[web\nlisten = 3\n[runner]\nunits = 'mi'\n"), env(nil)))
	want := "1: this is not TOML: expected '.' or ']' to end table name, but got '\\n' instead\n4: runner.units: \"mi\" is not one of \"km\", \"miles\""
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A page that only this machine reaches needs no password.
func TestLoopbackNeedsNoPassword(t *testing.T) {
	for _, listen := range []string{"localhost:0", "127.0.0.1:80", "[::1]:80", "127.1.2.3:80"} {
		if got := config.FaultLines(write(t, "[web]\nlisten = '"+listen+"'"), env(nil)); got != "" {
			t.Errorf("%s: %s", listen, got)
		}
	}
}

// A fault never repeats what may be a secret.
func TestFaultsKeepSecrets(t *testing.T) {
	for _, text := range []string{
		"[notify.email]\npassword = 'hunter2'", "[notify.webhook]\nurl = 'https://anna:hunter2@example.org'",
		"[notify.webhook]\nurl = 'hunter2'", "[notify.shoutrrr]\nurls = ['telegram://hunter2']",
	} {
		if got := config.FaultLines(write(t, text), env(nil)); got == "" || strings.Contains(got, "hunter2") {
			t.Errorf("%s:\n%s", text, got)
		}
	}
}

func TestLoadNamesAFileThatIsNotThere(t *testing.T) {
	_, err := config.Load("/nowhere/config.toml", env(nil))
	var faults config.Faults
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), "/nowhere/config.toml") {
		t.Errorf("got %v", err)
	}
}

func TestWarnings(t *testing.T) {
	dir := t.TempDir()
	c := config.Default(env(nil))
	c.Sources.FIT.Dirs = []string{dir, filepath.Join(dir, "absent")}
	if got := c.Warnings(); len(got) != 1 || !strings.Contains(got[0], "absent is not a folder") {
		t.Errorf("absent folder: %q", got)
	}
	c.Sources.FIT.Dirs = []string{dir}
	c.Storage.Path = filepath.Join(dir, "gaitkeeper.db")
	c.Sources.Strava = config.Strava{Enabled: true}
	c.Notify.Email = config.Email{Host: "relay", Username: "anna", TLS: config.TLSNone}
	c.Web.PublicURL = "https://home.example.org"
	c.Notify.Ntfy = config.Ntfy{Server: "https://ntfy.sh/anna", Topic: "anna"}
	got := strings.Join(c.Warnings(), "\n")
	for _, want := range []string{"database lies inside", "7 days", "in the clear", "there is no password", "notify.ntfy.server: there is a path after the host"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in\n%s", want, got)
		}
	}
}

func TestAKeyThatWentIsToldAndIgnored(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, []byte("[analysis]\nform_limit = 5\n[pain]\nprior_low = 0.1\nhigh = 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(file, env(nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Warnings(); len(got) != 2 || !strings.HasPrefix(got[0], "analysis.form_limit: ") || got[1] != "pain.prior_low: this number is fixed now; the line does nothing: delete it" || c.Params.Pain.High != 7 {
		t.Errorf("%q", got)
	}
}
