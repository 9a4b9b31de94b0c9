package daemon

import "gaitkeeper/web"

// HashPassword returns the hash of a password for the page, as the file that
// [web] password_file names holds it.
func HashPassword(password string) (string, error) {
	hash, err := web.HashPassword(password)
	if err != nil {
		return "", Refused{err}
	}
	return hash, nil
}
