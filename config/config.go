// Package config is the TOML file: its defaults, where it and the database are,
// and the reading of it, which names every fault at once with its key and line
// and the remedy. Secrets are never in the file: a key that ends in _file names
// the file that holds one, and [Secret] reads it.
package config

import (
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// Config is everything that can be set, checked and with paths expanded.
// [Load] and [Default] make it.
type Config struct {
	// File is the file it was read from; empty for the built-in defaults.
	File      string
	LogFormat LogFormat
	Runner    Runner
	Storage   Storage
	Schedule  Schedule
	Sources   Sources
	// Params are the thresholds of [analysis] and [pain]: those of Sensitivity,
	// with each key that the file sets put over them.
	Params      gait.Params
	Sensitivity gait.Sensitivity
	Alerts      Alerts
	Notify      Notify
	Web         Web
	Health      Health
	// Gone says what replaces each key in the file that no longer exists.
	Gone []string
	// Mounted says of each secret that every user can read and that was handed in like
	// that how it would be safer.
	Mounted []string
}

// LogFormat is how the daemon writes its log.
type LogFormat string

// The log formats.
const (
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// Runner is the one person the program looks after.
type Runner struct {
	// Name is how messages address the runner; may be empty.
	Name string
	// Zone is the time zone in which days begin and the schedule runs.
	Zone  *time.Location
	Units Units
	// Races are the days of races, at midnight in Zone.
	Races []time.Time
}

// Units are what distances are shown in.
type Units string

// The units.
const (
	Kilometres Units = "km"
	Miles      Units = "miles"
)

// Storage is where the data are.
type Storage struct {
	// Path is the database file. It is empty only where no home directory is
	// known and none is configured.
	Path string
}

// Schedule holds cron expressions of five fields in the runner's time zone.
// An empty Morning or Digest is off.
type Schedule struct {
	Sync    string
	Morning string
	Digest  string
}

// Sources are the places runs come from.
type Sources struct {
	FIT         FIT
	Strava      Strava
	Intervals   Intervals
	AppleHealth AppleHealth
}

// AppleHealth is the source of walks and runs that an iPhone knows.
type AppleHealth struct {
	// Dirs are folders watched for exports.
	Dirs []string
	// TokenFile holds the token with which an app may post walks; empty: none may.
	TokenFile string
}

// FIT is the source of watched folders.
type FIT struct {
	// Dirs are absolute folders, read with all folders below them.
	Dirs []string
	// Settle is how long a file must not have changed before it is read.
	Settle time.Duration
	Fields FITFields
}

// FITFields are developer fields with a balance that no release knows, by the
// names in the file; empty is none.
type FITFields struct {
	// Left and Right are the ground contact times of the feet, in milliseconds.
	Left, Right string
	// Balance is the left foot's share in percent.
	Balance string
}

// Strava is the source strava.com.
type Strava struct {
	Enabled          bool
	ClientID         string
	ClientSecretFile string
	BaseURL          string
	// Retention is how long raw streams are kept; 0 keeps them for good.
	Retention time.Duration
}

// Intervals is the source intervals.icu.
type Intervals struct {
	Enabled    bool
	AthleteID  string
	APIKeyFile string
	BaseURL    string
}

// Alerts says when the runner is told.
type Alerts struct {
	// MaxAge is the age from which a run never alerts.
	MaxAge time.Duration
	// RemindAfter is the wait before an unanswered warning is repeated.
	RemindAfter time.Duration
	DigestWhen  DigestWhen
	QuietHours  alert.QuietHours
}

// DigestWhen says which weeks get a digest.
type DigestWhen string

// The weeks.
const (
	DigestNeeded DigestWhen = "needed" // those in which something was said, measured, planned or missed
	DigestAlways DigestWhen = "always"
)

// Notify holds the channels messages go through.
type Notify struct {
	Email    Email
	Ntfy     Ntfy
	Webhook  Webhook
	Shoutrrr Shoutrrr
	// More are the second, third … sections of a kind that the file repeats as
	// [[notify.ntfy]]: each holds the sections that are there so often.
	More []Notify
}

// All returns the channels by their number, from 1: those of the first sections,
// then those of the second ones.
func (n Notify) All() []Notify { return append([]Notify{n}, n.More...) }

// Email is a mail server that takes messages.
type Email struct {
	Host string
	Port int
	TLS  TLSMode
	// Helo is the name given to the server; empty finds one.
	Helo         string
	Username     string
	PasswordFile string
	Auth         MailAuth
	OAuth        OAuth
	From         string
	To           []string
	Kinds        []alert.Topic
}

// MailAuth is how to log in to the mail server.
type MailAuth string

// The ways.
const (
	AuthPassword MailAuth = "password"
	AuthXOAUTH2  MailAuth = "xoauth2" // the password file holds a refresh token
)

// OAuth is where XOAUTH2 gets its access tokens.
type OAuth struct {
	ClientID         string
	ClientSecretFile string // empty: the application has none
	TokenURL         string
}

// Enabled reports whether mail is configured.
func (e Email) Enabled() bool { return e.Host != "" }

// TLSMode is how the connection to the mail server is encrypted.
type TLSMode string

// The modes.
const (
	TLSStart    TLSMode = "starttls"
	TLSImplicit TLSMode = "implicit"
	TLSNone     TLSMode = "none"
)

// Ntfy is a topic on an ntfy server.
type Ntfy struct {
	Server    string
	Topic     string
	TokenFile string
	// Username and PasswordFile stand in for a token.
	Username     string
	PasswordFile string
	// Kinds are the topics of the messages that the channel carries, here as for
	// the other channels; empty is all.
	Kinds []alert.Topic
}

// Enabled reports whether ntfy is configured.
func (n Ntfy) Enabled() bool { return n.Server != "" }

// Webhook is an address that messages are posted to as JSON.
type Webhook struct {
	URL string
	// SecretFile holds the key of the HMAC-SHA256 that signs the body; may be
	// empty.
	SecretFile string
	// HeadersFile holds headers that each request carries, a line each.
	HeadersFile string
	Kinds       []alert.Topic
}

// Enabled reports whether the webhook is configured.
func (w Webhook) Enabled() bool { return w.URL != "" }

// Shoutrrr is any number of other services; each file holds one URL, which is
// a secret because it contains the credentials.
type Shoutrrr struct {
	URLFiles []string
	Kinds    []alert.Topic
}

// Web is the page.
type Web struct {
	// Listen is host:port.
	Listen string
	// PublicURL is what links in messages start with, without a slash at its
	// end; empty leaves links out.
	PublicURL string
	// PasswordFile holds an argon2id hash; empty is no password.
	PasswordFile string
	// TrustedProxies are the addresses and networks ("172.18.0.0/16") of reverse
	// proxies elsewhere that are believed about whom they forward.
	TrustedProxies []string
}

// Health is the dead-man's switch.
type Health struct {
	// PingURL is fetched after every good sync; empty is off.
	PingURL string
}
