package notify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/internal/smtptest"
	"gaitkeeper/notify"
)

const (
	ada   = "ada@example.org"
	coach = "coach@example.org"
)

// serveReceivers starts a mail server that answers as told for single receivers,
// and returns a channel to Ada and her coach.
func serveReceivers(t *testing.T, answers map[string]error) (*smtptest.Server, *notify.Email) {
	t.Helper()
	s, err := smtptest.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Down)
	s.Receiver = func(address string) error { return answers[address] }
	return s, newEmail(t, accountAt(t, s))
}

func accountAt(t *testing.T, s *smtptest.Server) notify.EmailConfig {
	t.Helper()
	host, port := splitText(t, s.Addr)
	return notify.EmailConfig{Host: host, Port: port, TLS: notify.NoTLS, From: "gait@home.example", To: []string{ada, "Coach <" + coach + ">"}}
}

// A receiver who is refused for good keeps nobody waiting and is named; one who is
// refused for the moment is tried again alone, with the same mail. Nobody gets it
// twice, and nobody is given up while nobody has it.
func TestRefusedReceivers(t *testing.T) {
	later, never := smtptest.Refuse(451, "greylisted"), smtptest.Refuse(550, "no such user")
	tests := map[string]struct {
		answers map[string]error
		first   []string // who gets the first mail
		refused string   // who is refused for good then
		failure string   // the attempt's error
		then    []string // who gets it once the server takes everybody
	}{
		"both are taken":           {nil, []string{ada, coach}, "", "", nil},
		"one never":                {map[string]error{coach: never}, []string{ada}, coach, "", nil},
		"one later":                {map[string]error{coach: later}, []string{ada}, "", coach + " at present", []string{coach}},
		"both later":               {map[string]error{ada: later, coach: later}, nil, "", ada + " at present", []string{ada, coach}},
		"both never":               {map[string]error{ada: never, coach: never}, nil, "", "does not take mail for " + ada, []string{ada, coach}},
		"one never, the other yet": {map[string]error{ada: never, coach: later}, nil, "", "does not take mail for " + ada, []string{ada, coach}},
		"a code of its own":        {map[string]error{ada: smtptest.Refuse(421, "closing")}, nil, "", "at present", []string{ada, coach}},
		"too many at once":         {map[string]error{coach: smtptest.Refuse(452, "too many recipients")}, []string{ada}, "", coach + " at present", []string{coach}},
		"a full mailbox":           {map[string]error{coach: smtptest.Refuse(552, "quota")}, []string{ada}, coach, "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			server, e := serveReceivers(t, tt.answers)
			receipts, err := e.SendTo(t.Context(), sample(), nil)
			says(t, err, tt.failure)
			if d := cmp.Diff(tt.first, receiversOf(server.Mails())); d != "" {
				t.Errorf("the first mail -want +got:\n%s", d)
			}
			for _, r := range receipts {
				if (r.Refused != "") != (r.Address == tt.refused) {
					t.Errorf("receipt %+v, want %q refused", r, tt.refused)
				}
			}
			before := len(server.Mails())
			clear(tt.answers)
			if _, err := e.SendTo(t.Context(), sample(), receipts); err != nil {
				t.Error(err)
			}
			again := server.Mails()[before:]
			if d := cmp.Diff(tt.then, receiversOf(again)); d != "" {
				t.Errorf("the second mail -want +got:\n%s", d)
			}
			ids := map[string]bool{}
			for _, m := range server.Mails() {
				ids[m.MessageID()] = true
				if to := m.Header.Get("To"); !strings.Contains(to, ada) || !strings.Contains(to, coach) {
					t.Errorf("To: %q does not name both", to)
				}
			}
			if len(ids) != 1 {
				t.Errorf("Message-IDs %v, want one", ids)
			}
		})
	}
}

func receiversOf(mails []smtptest.Mail) (to []string) {
	for _, m := range mails {
		to = append(to, m.To...)
	}
	return to
}

// A receiver refused for the moment and then for good is given up: another has it.
func TestRefusedForGoodInTheEnd(t *testing.T) {
	answers := map[string]error{coach: smtptest.Refuse(451, "greylisted")}
	server, e := serveReceivers(t, answers)
	receipts, err := e.SendTo(t.Context(), sample(), nil)
	says(t, err, "at present")
	answers[coach] = smtptest.Refuse(550, "no such user")
	more, err := e.SendTo(t.Context(), sample(), receipts)
	if err != nil || len(more) != 1 || more[0].Address != coach || !strings.Contains(more[0].Refused, "no such user") {
		t.Errorf("receipts %+v, %v", more, err)
	}
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

// `notify test` says who is refused and who has it.
func TestSendNamesWhoIsRefused(t *testing.T) {
	server, e := serveReceivers(t, map[string]error{coach: smtptest.Refuse(550, "no such user")})
	err := e.Send(t.Context(), sample())
	says(t, err, "does not take mail for "+coach)
	says(t, err, "on its way to "+ada)
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

// The check asks for every receiver and for the sender, and sends nothing.
func TestCheckSeesRefusedAddresses(t *testing.T) {
	server, e := serveReceivers(t, map[string]error{coach: smtptest.Refuse(550, "no such user"), ada: smtptest.Refuse(451, "greylisted")})
	_, err := e.Check(t.Context())
	says(t, err, "does not take mail for "+coach)
	says(t, err, ada+" at present")
	if got := server.Asked(); !slices.Equal(got, []string{ada, coach}) {
		t.Errorf("asked for %v", got)
	}
	server, e = serveReceivers(t, nil)
	server.Sender = func(string) error { return smtptest.Refuse(553, "not your address") }
	_, err = e.Check(t.Context())
	says(t, err, "does not take mail from gait@home.example")
	if n := len(server.Mails()); n != 0 {
		t.Errorf("the check sent %d mails", n)
	}
}

// One address that is there twice gets one mail.
func TestReceiverNamedTwice(t *testing.T) {
	server, _ := serveReceivers(t, nil)
	c := accountAt(t, server)
	c.To = []string{ada, "Ada <ada@EXAMPLE.org>"}
	if err := newEmail(t, c).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if got := receiversOf(server.Mails()); !slices.Equal(got, []string{ada}) {
		t.Errorf("sent to %v", got)
	}
}

// Who still waits for a message and has left the config is waited for no longer.
func TestReceiverLeftTheConfig(t *testing.T) {
	server, _ := serveReceivers(t, nil)
	c := accountAt(t, server)
	c.To = []string{ada}
	receipts, err := newEmail(t, c).SendTo(t.Context(), sample(), []alert.Receipt{{Address: ada}})
	if err != nil || len(receipts) != 0 || len(server.Mails()) != 0 {
		t.Errorf("receipts %v, %v, %d mails", receipts, err, len(server.Mails()))
	}
}
