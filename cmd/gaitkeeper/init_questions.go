package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gaitkeeper/daemon"
)

// The files for secrets beside the config.
const (
	mailPassword = "mail-password"
	pagePassword = "page-password"
	intervalsKey = "intervals-key"
	stravaSecret = "strava-secret"
)

func (s *setup) askRunner() (part string, try trial) {
	name := s.line("Your name, for mails", "")
	unit := [...]string{"km", "miles"}[s.choice("Distances in", 1, "kilometres", "miles")-1]
	return fmt.Sprintf("[runner]\nname = %s\nunits = %q # km | miles\nraces = [] # days, \"2027-04-11\"\n", quoted(name), unit), nil
}

func (s *setup) askSource() (part string, try trial) {
	s.folder = ""
	switch s.choice("Where do your runs come from?", 1,
		"a folder with FIT files", "intervals.icu", "Strava", "none of these: I add FIT files on the page") {
	case 1:
		dir := s.line("The folder (it is read, never written to)", "~/fit")
		if rest, own := strings.CutPrefix(dir, "~/"); own {
			dir = filepath.Join(s.env("HOME"), rest)
		}
		s.folder = dir
		return fmt.Sprintf("[sources.fit]\ndirs = [%s] # watched, with all folders in them\n", quoted(dir)), s.checkSource
	case 2:
		s.secrets[intervalsKey] = s.secret("API key (intervals.icu: Settings, Developer settings)")
		return fmt.Sprintf("[sources.intervals]\nenabled = true\napi_key_file = %s\n", quoted(filepath.Join(secretDir, intervalsKey))), s.checkSource
	case 3:
		id := s.line("Client ID (strava.com/settings/api)", "")
		s.secrets[stravaSecret] = s.secret("Client secret")
		return fmt.Sprintf("[sources.strava]\nenabled = true # then: gaitkeeper strava login\nclient_id = %s\nclient_secret_file = %s\n",
			quoted(id), quoted(filepath.Join(secretDir, stravaSecret))), nil // nothing answers before the login
	default:
		return "", nil
	}
}

func (s *setup) checkSource(app *daemon.App) error {
	var failed []error
	for _, f := range app.Check(s.ctx) {
		if !strings.HasPrefix(f.What, "source ") {
			continue
		}
		if f.Err != nil {
			failed = append(failed, f.Err)
			continue
		}
		s.printf("  ok: %s %s\n", strings.TrimPrefix(f.What, "source "), f.Words())
	}
	return errors.Join(failed...)
}

func (s *setup) askChannel() (part string, try trial) {
	switch s.choice("How should I reach you?", 1, "by mail", "by push (ntfy)", "not at all: I look at the page") {
	case 1:
		return s.askMail(), s.testChannel
	case 2:
		server := s.line("ntfy server", "https://ntfy.sh")
		topic := s.line("Topic (anyone who knows it can read your messages)", "gaitkeeper-"+strings.ToLower(rand.Text()))
		return fmt.Sprintf("[notify.ntfy]\nserver = %s\ntopic = %s # subscribe to it in the ntfy app\n", quoted(server), quoted(topic)), s.testChannel
	default:
		return "", nil
	}
}

func (s *setup) testChannel(app *daemon.App) error {
	findings, err := app.TestChannels(s.ctx, "")
	for _, f := range findings {
		err = errors.Join(err, f.Err)
	}
	if err == nil {
		s.printf("  ok: a test message is on its way\n")
	}
	return err
}

func (s *setup) askMail() (part string) {
	host, port, tls := mailServer(s.line("Mail server, HOST or HOST:PORT", ""))
	user := s.line("User name there (may be empty)", "")
	login, preset := "", ""
	if user != "" {
		s.secrets[mailPassword] = s.secret("Password there")
		login = fmt.Sprintf("username = %s\npassword_file = %s\n", quoted(user), quoted(filepath.Join(secretDir, mailPassword)))
	}
	if strings.Contains(user, "@") {
		preset = user
	}
	to := s.line("Your mail address", preset)
	return fmt.Sprintf("[notify.email]\nhost = %s\nport = %d\ntls = %q # starttls | implicit | none\n%sfrom = %s\nto = [%s]\n",
		quoted(host), port, tls, login, quoted(to), quoted(to))
}

// mailServer takes a server apart. Its port says how the connection is encrypted; a
// server on this machine takes mails as they are.
func mailServer(server string) (host string, port int, tls string) {
	const submission, submissions = 587, 465
	host, port = server, submission
	if h, p, err := net.SplitHostPort(server); err == nil {
		if n, err := strconv.Atoi(p); err == nil {
			host, port = h, n
		}
	}
	ip := net.ParseIP(host)
	switch {
	case host == "localhost" || ip != nil && ip.IsLoopback():
		return host, port, "none"
	case port == submissions:
		return host, port, "implicit"
	default:
		return host, port, "starttls"
	}
}

func (s *setup) askPage() (part string, try trial) {
	if !s.yes("Open the page on your phone, too? It will ask for a password", false) {
		return "", nil
	}
	hash, err := daemon.HashPassword(s.secret("Password for the page"))
	if err != nil && s.err == nil {
		s.printf("  That did not work: %v\n", err)
		return s.askPage()
	}
	s.secrets[pagePassword] = hash
	name, err := os.Hostname()
	if err != nil {
		name = "homeserver"
	}
	address := s.line("This server's address, as your phone reaches it", "http://"+name+":8787")
	return fmt.Sprintf("[web]\nlisten = \":8787\"\npublic_url = %s # what links in messages start with\npassword_file = %s\n",
		quoted(address), quoted(filepath.Join(secretDir, pagePassword))), nil
}

// quoted writes a text as TOML does.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
