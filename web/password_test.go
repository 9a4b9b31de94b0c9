package web_test

import (
	"strings"
	"testing"

	"gaitkeeper/web"
)

func TestAPasswordMatchesItsOwnHashOnly(t *testing.T) {
	t.Parallel()
	const right = "easy miles, quiet feet"
	hash, err := web.HashPassword(right)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(hash, right) || strings.ContainsAny(hash, "\n ") {
		t.Errorf("hash %q", hash)
	}
	p, err := web.ParsePassword(hash + "\n") // as an editor leaves it in a file
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]bool{
		right: true, "": false, right + " ": false, strings.ToUpper(right): false, hash: false, strings.Repeat("a", 1<<20): false,
	} {
		if got := p.Matches(given); got != want {
			t.Errorf("%.30q matches: %v, want %v", given, got, want)
		}
	}
	again, err := web.HashPassword(right)
	if err != nil || again == hash {
		t.Errorf("two hashes of one password are the same: no salt (%v)", err)
	}
}

// The hashes are of the Argon2 reference implementation's own test (test.c).
func TestHashesOfOtherProgramsAreRead(t *testing.T) {
	t.Parallel()
	for _, hash := range []string{
		"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
	} {
		p, err := web.ParsePassword(hash)
		if err != nil {
			t.Fatal(err)
		}
		if !p.Matches("password") || p.Matches("differentpassword") {
			t.Errorf("%s: the wrong password matches, or the right one does not", hash)
		}
	}
}

func TestWhatIsNoHashIsRefused(t *testing.T) {
	t.Parallel()
	const salt, tag = "c29tZXNhbHQ", "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	for _, hash := range []string{
		"", "secret", "$2y$10$abcdefghijklmnopqrstuv",
		"$argon2i$v=19$m=256,t=2,p=1$" + salt + "$" + tag,
		"$argon2id$v=16$m=256,t=2,p=1$" + salt + "$" + tag,
		"$argon2id$v=19$m=256,t=2$" + salt + "$" + tag,
		"$argon2id$v=19$t=2,m=256,p=1$" + salt + "$" + tag,
		"$argon2id$v=19$m=256,t=0,p=1$" + salt + "$" + tag,
		"$argon2id$v=19$m=256,t=2,p=0$" + salt + "$" + tag,
		"$argon2id$v=19$m=256,t=2,p=256$" + salt + "$" + tag,
		"$argon2id$v=19$m=4000000000,t=2,p=1$" + salt + "$" + tag,
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$",
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$AAAA",
		"$argon2id$v=19$m=256,t=2,p=1$!!!!!!!!!!!!$" + tag,
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$" + tag + "$more",
	} {
		if _, err := web.ParsePassword(hash); err == nil {
			t.Errorf("%q passes for a hash", hash)
		} else if len(hash) > 5 && strings.Contains(err.Error(), hash) {
			t.Errorf("the error repeats what the file holds: %v", err)
		}
	}
	if (web.Password{}).Matches("") {
		t.Error("no password matches the empty one")
	}
}

func TestAShortPasswordIsRefused(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"", "seven77", strings.Repeat("a", 1025)} {
		if _, err := web.HashPassword(password); err == nil {
			t.Errorf("%.10q was taken", password)
		}
	}
	if _, err := web.HashPassword("größer99"); err != nil {
		t.Error("eight characters were refused:", err)
	}
}

func FuzzPassword(f *testing.F) {
	f.Add("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	f.Add("$argon2id$v=19$m=,t=,p=$$")
	f.Fuzz(func(t *testing.T, hash string) {
		p, err := web.ParsePassword(hash)
		if err != nil && p.Matches("") {
			t.Error("a faulty hash matches")
		}
	})
}
