package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/alert"
)

// orEmpty lets an empty text pass: it leaves the thing off.
func orEmpty(check func(string) error) func(string) error {
	return func(s string) error {
		if s == "" {
			return nil
		}
		return check(s)
	}
}

func oneLine(s string) error {
	if strings.ContainsAny(s, "\r\n\x00") {
		return errors.New("must be one line")
	}
	return nil
}

// zone reads a time zone by its name in the IANA database, or Local.
func zone(s string) (*time.Location, error) {
	const remedy = `write "Local" or a name such as "Europe/Berlin"`
	if s == "" {
		return nil, errors.New("there is no time zone: " + remedy)
	}
	z, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("no time zone is named %q: %s", s, remedy)
	}
	return z, nil
}

// races stores days, in UTC until the time zone is known. A date may be
// written with quotes or without.
func races(to *[]time.Time) func(any) error {
	return func(value any) error {
		items, ok := value.([]any)
		if !ok {
			return wrongType("a list of dates in square brackets", value)
		}
		var faults []error
		for _, item := range items {
			day, err := date(item)
			faults = append(faults, err)
			*to = append(*to, day)
		}
		return errors.Join(faults...)
	}
}

func date(value any) (time.Time, error) {
	s, ok := value.(string)
	if t, isTime := value.(time.Time); isTime {
		s, ok = t.Format(time.DateOnly), true
	}
	if !ok {
		return time.Time{}, wrongType(`a date such as "2027-04-11"`, value)
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf(`%q is not a date: write year, month and day as in "2027-04-11"`, s)
	}
	return day, nil
}

// duration stores a span of time within low to high.
func duration(to *time.Duration, low, high time.Duration) func(any) error {
	return func(value any) error {
		s, ok := value.(string)
		if !ok {
			return wrongType(`a duration in quotes such as "72h"`, value)
		}
		d, err := time.ParseDuration(s)
		switch {
		case err != nil:
			return fmt.Errorf(`%q is not a duration: write a number and h, m or s, as in "72h" or "10m30s"`, s)
		case d < low && low > 0:
			return fmt.Errorf("%q is too short: it must be longer than 0", s)
		case d < low:
			return fmt.Errorf("%q is negative", s)
		case d > high:
			return fmt.Errorf("%q is too long: %.0fh at most", s, high.Hours())
		}
		*to = d
		return nil
	}
}

// cronLine checks a cron expression of five fields that ever comes round.
func cronLine(s string) error {
	const remedy = `write minute, hour, day, month and weekday, as in "30 7 * * *"`
	if len(strings.Fields(s)) != 5 || strings.Contains(s, "=") {
		return fmt.Errorf("%q does not have five fields: %s", s, remedy)
	}
	schedule, err := Cron(s, time.UTC)
	if err != nil {
		return fmt.Errorf("%q is not a schedule (%w): %s", s, err, remedy)
	}
	if schedule.Next(time.Unix(0, 0).UTC()).IsZero() {
		return fmt.Errorf("%q never happens: no month has that day", s)
	}
	return nil
}

// quietHours reads "22:00-07:00"; an empty text is off.
func quietHours(s string) (alert.QuietHours, error) {
	if s == "" {
		return alert.QuietHours{}, nil
	}
	from, until, _ := strings.Cut(s, "-")
	a, errA := clock(from)
	b, errB := clock(until)
	switch {
	case errA != nil || errB != nil:
		return alert.QuietHours{}, fmt.Errorf(`%q is not a time span: write it as "22:00-07:00", or "" for none`, s)
	case a == b:
		return alert.QuietHours{}, fmt.Errorf(`%q begins and ends at the same time; write "" for none`, s)
	}
	return alert.QuietHours{From: a, To: b}, nil
}

// clock reads a time of the day as the duration since midnight.
func clock(s string) (time.Duration, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	if err != nil {
		return 0, err
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

func webAddress(s string) error {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return errors.New(`this is not a web address: write all of it, as in "https://example.org"`)
	}
	if u.User != nil {
		return errors.New("a secret is never written in this file: take user and password out of the address")
	}
	return nil
}

// listenAddress checks host:port; port 0 lets the system choose.
func listenAddress(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return fmt.Errorf(`%q is not an address to listen on: write it as in "127.0.0.1:8787"`, s)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("port %q is outside 0 to 65535", port)
	}
	return nil
}

// loopback reports whether only this machine reaches the address.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// network checks an IP address, or a network of them.
func network(s string) error {
	if _, err := Network(s); err != nil {
		return fmt.Errorf(`%q is not an address: write one as in "172.18.0.2", or a network as in "172.18.0.0/16"`, s)
	}
	return nil
}

// Network reads an IP address, or a network of them.
func Network(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		addr = addr.Unmap().WithZone("")
		return addr.Prefix(addr.BitLen())
	}
	p, err := netip.ParsePrefix(s)
	return p.Masked(), err
}

// topic checks the name of an ntfy topic: up to 64 letters, digits, - and _.
func topic(s string) error {
	if len(s) > 64 || strings.Trim(s, "-_"+letters+decimals) != "" {
		return fmt.Errorf("%q is not a topic: use up to 64 letters, digits, - and _", s)
	}
	return nil
}

const (
	letters  = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	decimals = "0123456789"
)

func digits(s string) error {
	if s == "" || strings.Trim(s, decimals) != "" {
		return fmt.Errorf("%q is not a number made of digits only", s)
	}
	return nil
}

// athlete checks the athlete's ID at intervals.icu: 0 is the owner of the key.
func athlete(s string) error {
	if digits(strings.TrimPrefix(s, "i")) != nil {
		return fmt.Errorf(`%q is not an athlete: write "0" for the owner of the key, or an ID such as "i12345"`, s)
	}
	return nil
}
