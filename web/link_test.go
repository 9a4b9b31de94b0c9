package web_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/web"
)

// linksUnder returns the links under a key of one repeated letter.
func linksUnder(t testing.TB, letter byte) web.Links {
	t.Helper()
	l, err := web.NewLinks(bytes.Repeat([]byte{letter}, web.LinkKeySize))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var linkNow = time.Date(2026, 5, 4, 18, 0, 0, 0, time.UTC)

func someReply() finding.Reply {
	return finding.Reply{Run: gait.NewRunID(linkNow), Kind: finding.ReplyMorningBad, Site: gait.Shin, Side: gait.Left}
}

func TestALinkSaysWhatWasSigned(t *testing.T) {
	t.Parallel()
	links := linksUnder(t, 'k')
	rapid.Check(t, func(t *rapid.T) {
		reply := finding.Reply{
			Run:  gait.NewRunID(time.Unix(rapid.Int64Range(0, 1<<32).Draw(t, "start"), 0)),
			Kind: rapid.SampledFrom(finding.ReplyKinds()).Draw(t, "kind"),
			Site: rapid.SampledFrom(append(gait.Sites(), gait.NoSite)).Draw(t, "site"),
			Side: rapid.SampledFrom([]gait.Side{gait.NoSide, gait.Left, gait.Right, gait.Both}).Draw(t, "side"),
		}
		left := time.Duration(rapid.Int64Range(1, 1e6).Draw(t, "seconds")) * time.Second
		token := links.Sign(reply, linkNow.Add(left))
		got, err := links.Read(token, linkNow)
		if err != nil || !cmp.Equal(got.Reply, reply) || !got.Expires.Equal(linkNow.Add(left)) || got.ID == "" {
			t.Fatalf("%q says %+v, %v; want %+v", token, got, err, reply)
		}
		if strings.ContainsFunc(token, func(r rune) bool {
			return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.", r)
		}) {
			t.Fatalf("%q does not fit an address", token)
		}
	})
}

func TestAnExpiredLinkStillNamesItsRun(t *testing.T) {
	t.Parallel()
	links := linksUnder(t, 'k')
	token := links.Sign(someReply(), linkNow)
	for _, now := range []time.Time{linkNow, linkNow.AddDate(1, 0, 0)} {
		got, err := links.Read(token, now)
		if !errors.Is(err, web.ErrExpired) || got.Reply != someReply() {
			t.Errorf("as of %v: %+v, %v", now, got, err)
		}
	}
	if _, err := links.Read(token, linkNow.Add(-time.Second)); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
}

// Nobody without the key makes a link, nor another one out of a link.
func TestEveryOtherTokenIsForged(t *testing.T) {
	t.Parallel()
	links := linksUnder(t, 'k')
	token := links.Sign(someReply(), linkNow.Add(time.Hour))
	payload, mac, _ := strings.Cut(token, ".")
	later := links.Sign(someReply(), linkNow.Add(2*time.Hour))
	laterPayload, _, _ := strings.Cut(later, ".")
	for name, forged := range map[string]string{
		"empty": "", "a dot": ".", "no signature": payload + ".", "no payload": "." + mac, "payload alone": payload,
		"of another key":     linksUnder(t, 'l').Sign(someReply(), linkNow.Add(time.Hour)),
		"a later expiry":     laterPayload + "." + mac,
		"a part of its mac":  payload + "." + mac[:len(mac)-2],
		"something appended": token + "A",
		"a line break":       payload[:4] + "\n" + payload[4:] + "." + mac,
		"padding":            token + "=",
		"endless":            strings.Repeat("A", 1<<20) + "." + mac,
	} {
		if got, err := links.Read(forged, linkNow); !errors.Is(err, web.ErrForged) {
			t.Errorf("%s: says %+v, %v", name, got, err)
		}
	}
	for i := range token {
		for _, letter := range []byte("A_9") {
			changed := []byte(token)
			changed[i] = letter
			if string(changed) == token {
				continue
			}
			if _, err := links.Read(string(changed), linkNow); !errors.Is(err, web.ErrForged) {
				t.Fatalf("letter %d changed to %c still reads: %v", i, letter, err)
			}
		}
	}
	if _, err := (web.Links{}).Read(token, linkNow); !errors.Is(err, web.ErrForged) {
		t.Error("without a key a token reads")
	}
	if _, err := web.NewLinks(nil); err == nil {
		t.Error("no key passes for one")
	}
}

// What a reader takes is what the key has signed, letter by letter.
func FuzzLink(f *testing.F) {
	links := linksUnder(f, 'k')
	f.Add(links.Sign(someReply(), linkNow.Add(time.Hour)))
	f.Add(links.Sign(finding.Reply{Run: "x", Kind: finding.ReplyHurts}, linkNow.Add(-time.Hour)))
	f.Add(links.Sign(finding.Reply{}, linkNow))
	f.Add("MSAgICAg.AAAA")
	f.Fuzz(func(t *testing.T, token string) {
		got, err := links.Read(token, linkNow)
		if errors.Is(err, web.ErrForged) {
			return
		}
		if back := links.Sign(got.Reply, got.Expires); back != token {
			t.Errorf("%q reads as %q", token, back)
		}
	})
}
