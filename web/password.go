package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// How a new hash is made: Argon2id (RFC 9106) with the setting that the OWASP
// Password Storage Cheat Sheet names first for machines with little memory
// (19 MiB, two passes, one lane), and the salt and tag lengths of RFC 9106,
// section 4.
const (
	hashMemory  = 19 << 10 // KiB
	hashPasses  = 2
	hashLanes   = 1
	saltLength  = 16
	tagLength   = 32
	minPassword = 8    // characters, NIST SP 800-63B, section 5.1.1
	maxPassword = 1024 // bytes: nobody types more, and hashing it costs
)

// The most that a hash may ask of this machine, so that a slip in the file
// cannot stall it, and the least that RFC 9106 allows.
const (
	maxMemory = 1 << 20 // KiB
	maxPasses = 64
	minSalt   = 8
	minTag    = 16
	maxPart   = 1 << 10
)

// Password is the hash of the page's password. It never holds the password.
type Password struct {
	memory, passes uint32
	lanes          uint8
	salt, tag      []byte
}

// HashPassword returns the hash of a password as one line in the PHC string
// format, with a salt of its own. A password that is too short is refused.
func HashPassword(password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return "", fmt.Errorf("the password is too short: take at least %d characters, a few words are easy to remember", minPassword)
	case len(password) > maxPassword:
		return "", fmt.Errorf("the password is too long: take at most %d bytes", maxPassword)
	}
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("make a salt: %w", err)
	}
	tag := argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashLanes, tagLength)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(tag)), nil
}

// errNotAHash says what a password file must hold.
var errNotAHash = errors.New("this is not an argon2id hash: `gaitkeeper hash-password` prints one, the file holds that line and nothing else")

// ParsePassword reads a hash in the PHC string format, whichever program made
// it: $argon2id$v=19$m=…,t=…,p=…$salt$tag. White space around it is dropped.
// The error holds nothing of the text.
func ParsePassword(hash string) (Password, error) {
	part := strings.Split(strings.TrimSpace(hash), "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != "v="+strconv.Itoa(argon2.Version) {
		return Password{}, errNotAHash
	}
	p, err := parseCost(part[3])
	if err != nil {
		return Password{}, err
	}
	if p.salt, err = decodePart(part[4], minSalt); err != nil {
		return Password{}, err
	}
	p.tag, err = decodePart(part[5], minTag)
	return p, err
}

// parseCost reads m=…,t=…,p=….
func parseCost(s string) (p Password, err error) {
	const form = "m=%d,t=%d,p=%d"
	_, err = fmt.Sscanf(s, form, &p.memory, &p.passes, &p.lanes)
	if err != nil || s != fmt.Sprintf(form, p.memory, p.passes, p.lanes) ||
		p.memory < 8 || p.memory > maxMemory || p.passes < 1 || p.passes > maxPasses || p.lanes < 1 {
		return Password{}, errNotAHash
	}
	return p, nil
}

func decodePart(s string, least int) ([]byte, error) {
	if len(s) > maxPart {
		return nil, errNotAHash
	}
	b, err := base64.RawStdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < least {
		return nil, errNotAHash
	}
	return b, nil
}

// Matches reports whether the given text is the password, in a time that does
// not depend on how much of it is right. It takes some 20 ms and the memory that
// the hash names: the caller limits how often. No password matches the zero
// Password.
func (p Password) Matches(given string) bool {
	if len(p.tag) == 0 || len(given) > maxPassword {
		return false
	}
	tag := argon2.IDKey([]byte(given), p.salt, p.passes, p.memory, p.lanes, uint32(len(p.tag))) //nolint:gosec // at most maxPart
	return subtle.ConstantTimeCompare(tag, p.tag) == 1
}
