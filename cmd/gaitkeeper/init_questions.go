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
	"gaitkeeper/words"
)

// The files for secrets beside the config.
const (
	mailPassword = "mail-password"
	pagePassword = "page-password"
	intervalsKey = "intervals-key"
	stravaSecret = "strava-secret"
)

// errSkipped ends the questions of a section that needs an answer and got none.
var errSkipped = errors.New("skipped")

// needed returns an answer without which its section makes no sense: an empty one
// skips the section, and nothing more is asked for it.
func (s *setup) needed(answer string) string {
	if answer == "" && s.err == nil {
		s.err = errSkipped
	}
	return answer
}

// secretFile is how a secret's file is named in a section.
func secretFile(name string) string { return quoted(filepath.Join(secretDir, name)) }

func (s *setup) askRunner() section {
	name := s.line("Your name, for mails", "")
	unit := [...]string{"km", "miles"}[s.choice("Distances in", 1, "kilometres", "miles")-1]
	return section{text: fmt.Sprintf("[runner]\nname = %s\nunits = %q # km | miles\nraces = [] # days, \"2027-04-11\"\n", quoted(name), unit)}
}

func (s *setup) askSource() section {
	switch s.choice(words.WhereRunsComeFrom, 1, "a folder with FIT files", "intervals.icu", "Strava", "none of these: I add FIT files on the page") {
	case 1:
		dir := s.line("The folder (it is read, never written to)", "~/fit")
		return section{text: fmt.Sprintf("[sources.fit]\ndirs = [%s] # watched, with all folders in them\n", quoted(dir)), try: s.checkSource}
	case 2:
		key := s.needed(s.secret("API key (intervals.icu: Settings, Developer settings)"))
		return section{
			text:    fmt.Sprintf("[sources.intervals]\nenabled = true\napi_key_file = %s\n", secretFile(intervalsKey)),
			secrets: map[string]string{intervalsKey: key}, try: s.checkSource,
		}
	case 3:
		id := s.needed(s.line("Client ID (strava.com/settings/api)", ""))
		key := s.needed(s.secret("Client secret"))
		return section{ // nothing answers before the login
			text: fmt.Sprintf("[sources.strava]\nenabled = true # then: gaitkeeper strava login\nclient_id = %s\nclient_secret_file = %s\n",
				quoted(id), secretFile(stravaSecret)),
			secrets: map[string]string{stravaSecret: key},
		}
	default:
		return section{}
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

func (s *setup) askChannel() section {
	switch s.choice(words.HowToReachYou, 1, "by mail", "by push (ntfy)", "not at all: I look at the page") {
	case 1:
		return s.askMail()
	case 2:
		server := s.line("ntfy server", "https://ntfy.sh")
		topic := s.line("Topic (anyone who knows it can read your messages)", "gaitkeeper-"+strings.ToLower(rand.Text()))
		return section{
			text: fmt.Sprintf("[notify.ntfy]\nserver = %s\ntopic = %s # subscribe to it in the ntfy app\n", quoted(server), quoted(topic)),
			try:  s.testChannel,
		}
	default:
		return section{}
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

func (s *setup) askMail() section {
	host, port, tls := mailServer(s.needed(s.line("Mail server, such as smtp.example.org or smtp.example.org:465", "")))
	user := s.line("User name there (may be empty)", "")
	login, preset, secrets := "", "", map[string]string{}
	if user != "" {
		secrets[mailPassword] = s.needed(s.secret("Password there"))
		login = fmt.Sprintf("username = %s\npassword_file = %s\n", quoted(user), secretFile(mailPassword))
	}
	if strings.Contains(user, "@") {
		preset = user
	}
	to := s.needed(s.line("Your mail address", preset))
	return section{
		text: fmt.Sprintf("[notify.email]\nhost = %s\nport = %d\ntls = %q # starttls | implicit | none\n%sfrom = %s\nto = [%s]\n",
			quoted(host), port, tls, login, quoted(to), quoted(to)),
		secrets: secrets, try: s.testChannel,
	}
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

func (s *setup) askPage() section {
	if !s.yes(words.OpenOnPhone, false) {
		return section{}
	}
	hash, err := daemon.HashPassword(s.needed(s.secret("Password for the page")))
	if err != nil && s.err == nil {
		s.printf("  That did not work: %v\n", err)
		return s.askPage()
	}
	name, err := os.Hostname()
	if err != nil {
		name = "homeserver"
	}
	address := s.line("This server's address, as your phone reaches it", "http://"+name+":8787")
	return section{
		text: fmt.Sprintf("[web]\nlisten = \":8787\"\npublic_url = %s # what links in messages start with\npassword_file = %s\n",
			quoted(address), secretFile(pagePassword)),
		secrets: map[string]string{pagePassword: hash},
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
