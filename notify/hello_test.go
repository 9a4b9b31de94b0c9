package notify_test

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaitkeeper/internal/smtptest"
	"gaitkeeper/notify"
)

// A name without a domain is refused by many servers: the full name takes its
// place, or the address that the connection comes from.
func TestOwnName(t *testing.T) {
	ipv4 := net.TCPAddrFromAddrPort(netip.MustParseAddrPort("192.0.2.7:40000"))
	ipv6 := net.TCPAddrFromAddrPort(netip.MustParseAddrPort("[fe80::7%eth0]:40000"))
	tests := []struct {
		host, found string
		local       net.Addr
		want        string
	}{
		{"nas.home.example", "", ipv4, "nas.home.example"},
		{"nas", "nas.home.example.", ipv4, "nas.home.example"},
		{"nas", "nas.", ipv4, "[192.0.2.7]"},
		{"3f2a91b0c4d5", "", ipv4, "[192.0.2.7]"}, // a container
		{"nas", "", ipv6, "[IPv6:fe80::7]"},
		{"nas", "", net.TCPAddrFromAddrPort(netip.MustParseAddrPort("[::ffff:192.0.2.7]:1")), "[192.0.2.7]"},
		{"localhost", "localhost.localdomain.", ipv4, "[192.0.2.7]"},
		{"my_nas.home.example", "", ipv4, "[192.0.2.7]"},
		{"-nas.home.example", "", ipv4, "[192.0.2.7]"},
		{"192.0.2.7", "", ipv4, "[192.0.2.7]"},
	}
	for _, tt := range tests {
		lookup := func(context.Context, string) (string, error) {
			if tt.found == "" {
				return "", errors.New("no such host")
			}
			return tt.found, nil
		}
		if got := notify.OwnName(t.Context(), tt.host, lookup, tt.local); got != tt.want {
			t.Errorf("%s, found as %q, at %v: %q, want %q", tt.host, tt.found, tt.local, got, tt.want)
		}
	}
}

// What a real server hears: a name with a domain, an address literal, or what the
// config says.
func TestEmailIntroducesItself(t *testing.T) {
	server, _ := serveReceivers(t, nil)
	c := accountAt(t, server)
	for _, c.Helo = range []string{"", "nas.home.example", "[192.0.2.7]", "läufer.example"} {
		if err := newEmail(t, c).Send(t.Context(), sample()); err != nil {
			t.Fatal(err)
		}
	}
	var heard []string
	for _, m := range server.Mails() {
		heard = append(heard, m.Helo)
	}
	if !regexp.MustCompile(`^\[127\.0\.0\.1\]$|^[^.]+\..+$`).MatchString(heard[0]) {
		t.Errorf("without a name in the config: %q", heard[0])
	}
	if want := []string{"nas.home.example", "[192.0.2.7]", "xn--lufer-gra.example"}; !slices.Equal(heard[1:], want) {
		t.Errorf("heard %q, want %q", heard[1:], want)
	}
}

// Servers that may be reached by an IPv6 address alone.
func TestEmailToAnIPv6Address(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here:", err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	server := &smtptest.Server{}
	if err := server.Up(addr); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Down)
	c := accountAt(t, server)
	for _, c.Host = range []string{"::1", "[::1]"} {
		if err := newEmail(t, c).Send(t.Context(), sample()); err != nil {
			t.Errorf("%s: %v", c.Host, err)
		}
	}
	if n := len(server.Mails()); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}
}

// Domains travel in ASCII and names are encoded, so that every server can read
// them; SMTPUTF8 is said only where an address leaves no other way.
func TestEmailOfOtherLetters(t *testing.T) {
	tests := map[string]struct {
		from, to string
		offered  bool
		utf8     bool
		sender   string
		receiver string
		refusal  string
	}{
		"plain letters":       {"gait@home.example", ada, true, false, "gait@home.example", ada, ""},
		"other names":         {"Läufer Žáček <gait@home.example>", "Trainerin Åsa <" + ada + ">", true, false, "gait@home.example", ada, ""},
		"other domains":       {"gait@läufer.example", "ada@BÜCHER.example", false, false, "gait@xn--lufer-gra.example", "ada@xn--bcher-kva.example", ""},
		"a domain of ASCII":   {"gait@läufer.example", ada, true, false, "gait@xn--lufer-gra.example", ada, ""},
		"other letters in it": {"gait@home.example", "åsa@bücher.example", true, true, "gait@home.example", "åsa@xn--bcher-kva.example", ""},
		"an old server":       {"gait@home.example", "åsa@example.org", false, false, "", "", "takes no address with such letters before the @: åsa@example.org"},
		"an old one, sender":  {"läufer@home.example", ada, false, false, "", "", "takes no address with such letters before the @: läufer@home.example"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			server, _ := serveReceivers(t, nil)
			server.Down()
			server.UTF8 = tt.offered
			if err := server.Up(server.Addr); err != nil {
				t.Fatal(err)
			}
			c := accountAt(t, server)
			c.From, c.To = tt.from, []string{tt.to}
			err := newEmail(t, c).Send(t.Context(), sample())
			if says(t, err, tt.refusal); err != nil {
				return
			}
			m := server.Mails()[0]
			if m.UTF8 != tt.utf8 || m.From != tt.sender || !slices.Equal(m.To, []string{tt.receiver}) {
				t.Errorf("SMTPUTF8 %v from %s to %s, want %v %s %s", m.UTF8, m.From, m.To, tt.utf8, tt.sender, tt.receiver)
			}
			head, _, _ := strings.Cut(m.Raw, "\r\n\r\n")
			if !tt.utf8 && bytes.ContainsFunc([]byte(head), func(r rune) bool { return r > '~' }) {
				t.Errorf("letters beyond ASCII in\n%s", head)
			}
			want, _, _ := strings.Cut(tt.from, " <")
			if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("From")); err != nil || !strings.Contains(got, strings.TrimSuffix(want, "@läufer.example")) {
				t.Errorf("From %q, %v", got, err)
			}
		})
	}
}
