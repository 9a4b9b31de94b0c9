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

func (s *setup) askRunner() error {
	for {
		name, err := s.line("Your name, for mails", "")
		if err != nil {
			return err
		}
		units, err := s.choice("Distances in", 1, "kilometres", "miles")
		if err != nil {
			return err
		}
		unit := [...]string{"km", "miles"}[units-1]
		part := fmt.Sprintf("[runner]\nname = %s\nunits = %q # km | miles\nraces = [] # days, \"2027-04-11\"\n", quoted(name), unit)
		if done, err := s.settle(part, func(*daemon.App) error { return nil }); done || err != nil {
			return err
		}
	}
}

func (s *setup) askSource() error {
	for {
		n, err := s.choice("Where do your runs come from?", 1,
			"a folder with FIT files", "intervals.icu", "Strava", "none of these: I add FIT files on the page")
		if err != nil {
			return err
		}
		part := ""
		s.folder = ""
		try := s.checkSource
		switch n {
		case 1:
			dir, err := s.line("The folder (it is read, never written to)", "~/fit")
			if err != nil {
				return err
			}
			if rest, own := strings.CutPrefix(dir, "~/"); own {
				dir = filepath.Join(s.env("HOME"), rest)
			}
			s.folder = dir
			part = fmt.Sprintf("[sources.fit]\ndirs = [%s] # watched, with all folders in them\n", quoted(dir))
		case 2:
			if s.secrets[intervalsKey], err = s.secret("API key (intervals.icu: Settings, Developer settings)"); err != nil {
				return err
			}
			part = fmt.Sprintf("[sources.intervals]\nenabled = true\napi_key_file = %s\n", quoted(filepath.Join(secretDir, intervalsKey)))
		case 3:
			id, err := s.line("Client ID (strava.com/settings/api)", "")
			if err != nil {
				return err
			}
			if s.secrets[stravaSecret], err = s.secret("Client secret"); err != nil {
				return err
			}
			part = fmt.Sprintf("[sources.strava]\nenabled = true # then: gaitkeeper strava login\nclient_id = %s\nclient_secret_file = %s\n",
				quoted(id), quoted(filepath.Join(secretDir, stravaSecret)))
			try = func(*daemon.App) error { return nil } // nothing answers before the login
		default:
			return nil
		}
		if done, err := s.settle(part, try); done || err != nil {
			return err
		}
	}
}

// checkSource tries the sources.
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

func (s *setup) askChannel() error {
	for {
		n, err := s.choice("How shall I reach you?", 1, "by mail", "by push (ntfy)", "not at all: I look at the page")
		if err != nil {
			return err
		}
		var part string
		switch n {
		case 1:
			part, err = s.askMail()
		case 2:
			part, err = s.askNtfy()
		default:
			return nil
		}
		if err != nil {
			return err
		}
		done, err := s.settle(part, func(app *daemon.App) error {
			findings, err := app.TestChannels(s.ctx, "")
			for _, f := range findings {
				err = errors.Join(err, f.Err)
			}
			if err == nil {
				s.printf("  ok: a test message is on its way\n")
			}
			return err
		})
		if done || err != nil {
			return err
		}
	}
}

func (s *setup) askMail() (part string, err error) {
	server, err := s.line("Mail server, HOST or HOST:PORT", "")
	if err != nil {
		return "", err
	}
	host, port, tls := mailServer(server)
	user, err := s.line("User name there (may stay empty)", "")
	if err != nil {
		return "", err
	}
	login := ""
	if user != "" {
		if s.secrets[mailPassword], err = s.secret("Password there"); err != nil {
			return "", err
		}
		login = fmt.Sprintf("username = %s\npassword_file = %s\n", quoted(user), quoted(filepath.Join(secretDir, mailPassword)))
	}
	preset := ""
	if strings.Contains(user, "@") {
		preset = user
	}
	to, err := s.line("Your mail address", preset)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("[notify.email]\nhost = %s\nport = %d\ntls = %q # starttls | implicit | none\n%sfrom = %s\nto = [%s]\n",
		quoted(host), port, tls, login, quoted(to), quoted(to)), nil
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

func (s *setup) askNtfy() (part string, err error) {
	server, err := s.line("ntfy server", "https://ntfy.sh")
	if err != nil {
		return "", err
	}
	topic, err := s.line("Topic (anyone who knows it can read your messages)", "gaitkeeper-"+strings.ToLower(rand.Text()))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("[notify.ntfy]\nserver = %s\ntopic = %s # subscribe to it in the ntfy app\n", quoted(server), quoted(topic)), nil
}

func (s *setup) askPage() error {
	for {
		open, err := s.yes("Shall your phone reach the page, too? It then asks for a password", false)
		if err != nil || !open {
			return err
		}
		password, err := s.secret("Password for the page")
		if err != nil {
			return err
		}
		hash, err := daemon.HashPassword(password)
		if err != nil {
			s.printf("  Not yet: %v\n", err)
			continue
		}
		s.secrets[pagePassword] = hash
		name, err := os.Hostname()
		if err != nil {
			name = "homeserver"
		}
		address, err := s.line("Its address as your phone sees it", "http://"+name+":8787")
		if err != nil {
			return err
		}
		part := fmt.Sprintf("[web]\nlisten = \":8787\"\npublic_url = %s # what links in messages start with\npassword_file = %s\n",
			quoted(address), quoted(filepath.Join(secretDir, pagePassword)))
		if done, err := s.settle(part, func(*daemon.App) error { return nil }); done || err != nil {
			return err
		}
	}
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
