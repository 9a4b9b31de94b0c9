package main

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gaitkeeper/internal/smtptest"
)

// patience is how long a script waits for what must come.
const patience = 5 * time.Minute

// mailKey is where a script keeps its mail server.
type mailKey struct{}

// mail is the script's mail server:
//
//	mail up            begins to listen
//	mail down          stops
//	mail config FILE   adds the server to a config
//	mail answers FILE  puts the server into a file of answers
//	mail await REGEXP  waits until a mail matches
//	mail count N       wants exactly N mails, each with a Message-ID of its own
func mail(ts *testscript.TestScript, _ bool, args []string) {
	server, _ := ts.Value(mailKey{}).(**smtptest.Server)
	switch args[0] {
	case "up":
		if *server != nil {
			ts.Check((*server).Up((*server).Addr))
			return
		}
		s, err := smtptest.New()
		ts.Check(err)
		*server = s
		ts.Defer(s.Down)
	case "down":
		(*server).Down()
	case "config":
		_, port, err := net.SplitHostPort((*server).Addr)
		ts.Check(err)
		f, err := os.OpenFile(ts.MkAbs(args[1]), os.O_APPEND|os.O_WRONLY, 0)
		ts.Check(err)
		_, err = fmt.Fprintf(f, "[notify.email]\nhost = \"127.0.0.1\"\nport = %s\ntls = \"none\"\nfrom = \"gk@example.org\"\nto = [\"me@example.org\"]\n", port)
		ts.Check(err)
		ts.Check(f.Close())
	case "answers": // puts the server, and the script's folder, into a file of answers
		file := ts.MkAbs(args[1])
		text := strings.NewReplacer("SERVER", (*server).Addr, "FIT", ts.MkAbs("fit")).Replace(ts.ReadFile(file))
		ts.Check(os.WriteFile(file, []byte(text), 0o600))
	case "await":
		want := regexp.MustCompile(args[1])
		deadline := time.After(patience)
		for !matches(*server, want) {
			select {
			case <-(*server).Came():
			case <-deadline:
				ts.Fatalf("no mail matches %s", want)
			}
		}
	case "count":
		ids := map[string]bool{}
		for _, m := range (*server).Mails() {
			ids[m.MessageID()] = true
		}
		if got := fmt.Sprint(len((*server).Mails())); got != args[1] || fmt.Sprint(len(ids)) != args[1] {
			ts.Fatalf("%s mails with %d Message-IDs, want %s", got, len(ids), args[1])
		}
	}
}

func matches(s *smtptest.Server, want *regexp.Regexp) bool {
	for _, m := range s.Mails() {
		if want.MatchString(m.Raw) {
			return true
		}
	}
	return false
}

// await REGEXP COMMAND... runs the command again and again until its output
// matches.
func await(ts *testscript.TestScript, _ bool, args []string) {
	want := regexp.MustCompile(args[0])
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for begin := time.Now(); time.Since(begin) < patience; <-tick.C {
		if ts.Exec(args[1], args[2:]...) == nil && want.MatchString(ts.ReadFile("stdout")) {
			return
		}
	}
	ts.Fatalf("still no %s from %s", want, strings.Join(args[1:], " "))
}
