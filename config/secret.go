package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"github.com/moby/sys/mountinfo"

	"gaitkeeper/internal/plainfile"
)

// maxSecret is the size in bytes beyond which a file is no secret but a
// mistake.
const maxSecret = 64 << 10

// Secret returns the one line that the file at path holds, without blanks
// around it. An empty path is no secret and gives "". A file that is missing,
// empty, not for this user to read, or holds more than that one line is an error
// that says the remedy.
func Secret(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	if unresolved(path) {
		return "", fmt.Errorf("%s: systemd gives $%s to the service alone: run this inside the service, or name a plain file", path, credentialsVar)
	}
	data, err := readAtMost(path, maxSecret)
	switch {
	case errors.Is(err, errTooLarge), errors.Is(err, plainfile.ErrNotPlain):
		return "", fmt.Errorf("%s is not a file with a secret in it", path)
	case err != nil:
		return "", secretError(path, err)
	}
	secret, err := secretText(data)
	if err != nil {
		return "", fmt.Errorf("%s %w", path, err)
	}
	return secret, nil
}

var errTooLarge = errors.New("the file is too large")

// readAtMost reads a file that holds no more than so many bytes, whatever it says
// of its size: a device says 0 and never ends.
func readAtMost(path string, most int64) ([]byte, error) {
	f, err := plainfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = errTooLarge
	}
	return data, err
}

func secretError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is missing: write the secret into it and chmod 600 it", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s is not for this user to read: %s", path, asOwner(path))
	default:
		return fmt.Errorf("read secret: %w", err)
	}
}

// unresolved reports whether a path still holds the name of the directory that
// only the service knows.
func unresolved(path string) bool { return strings.Contains(path, "${"+credentialsVar+"}") }

// checkSecret tells what is wrong with a secret's file as far as it can be
// known here.
func checkSecret(path string) error {
	if path == "" || unresolved(path) {
		return nil
	}
	if _, err := Secret(path); err != nil {
		return err
	}
	return notOpen(path)
}

// notOpen says that a secret's file is for everybody to read: a [warning] where it was
// handed in like that.
func notOpen(path string) error {
	switch {
	case !openToAll(path):
		return nil
	case mounted(path):
		return warning(path + " can be read by everybody who sees it. It was mounted like that, so it is used; mode 0400 would be safer")
	default:
		return fmt.Errorf("%s can be read by everybody on this machine: chmod 600 it", path)
	}
}

// openToAll reports whether every user can read the file: its mode lets them,
// and so does the mode of every folder above it.
func openToAll(path string) bool {
	if mode(path)&0o004 == 0 {
		return false
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if mode(dir)&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

func mode(path string) fs.FileMode {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Mode().Perm()
}

// asOwner says how to run the program as the user that owns path. A user without a
// name, or with the one that an engine made of the number, is a container's: there
// the file has to change hands.
func asOwner(path string) string {
	id := strconv.Itoa(os.Geteuid())
	if me, err := user.LookupId(id); err != nil || me.Username == id {
		return fmt.Sprintf("gaitkeeper runs as user %s here: on the host, chown %[1]s what is mounted there", id)
	}
	return fmt.Sprintf("run it as the service's user: sudo -u %s gaitkeeper ...", owner(path))
}

// owner returns the name of the user that owns the path, or the innermost
// folder above it that is there; gaitkeeper where that is root or unknown.
func owner(path string) string {
	for ; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err != nil && path != filepath.Dir(path) {
			continue
		}
		if err == nil {
			if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 {
				if u, err := user.LookupId(strconv.FormatUint(uint64(stat.Uid), 10)); err == nil {
					return u.Username
				}
			}
		}
		return "gaitkeeper"
	}
}

// secretText returns the one secret that a file holds. What editors, consoles
// and web pages put around it is taken off: a byte order mark, blanks, line
// ends, empty lines. What cannot be told from the secret itself is an error: a
// second line, or a character that nobody sees.
func secretText(data []byte) (string, error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return "", errors.New("is written in UTF-16: save it as plain text (UTF-8)")
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return "", errors.New("is empty: write the secret into it")
	}
	if strings.ContainsAny(text, "\r\n") {
		return "", errors.New("has more than one line: keep only the secret in it")
	}
	for i, r := range text {
		if hidden(r) {
			return "", fmt.Errorf("holds an invisible character (%U, after %d others), as it comes along when a secret is copied from a web page: type that part by hand",
				r, utf8.RuneCountInString(text[:i]))
		}
	}
	return text, nil
}

// hidden reports whether a character shows as nothing, or as a blank that it is
// not.
func hidden(r rune) bool {
	return r != ' ' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Z, r))
}

// mounted reports whether a secret's file was handed in by who runs the program:
// it is where container engines put secrets, is mounted by itself, or is on a
// memory disk of its own. Its mode is then not the user's to choose.
func mounted(path string) bool {
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	for _, dir := range []string{"/run/secrets", "/var/run/secrets"} {
		if strings.HasPrefix(file, dir+"/") {
			return true
		}
	}
	mounts, err := mountinfo.GetMounts(mountinfo.ParentsFilter(file))
	if err != nil {
		return false
	}
	return handedIn(file, mounts)
}

// shared are the memory disks with everybody's files.
var shared = []string{"/", "/tmp", "/var/tmp", "/run", "/var/run", "/run/lock", "/dev", "/dev/shm"}

// handedIn is [mounted] for a file below the given mounts.
func handedIn(file string, mounts []*mountinfo.Info) bool {
	var on *mountinfo.Info
	for _, m := range mounts {
		if on == nil || len(m.Mountpoint) >= len(on.Mountpoint) {
			on = m // the innermost, and of several the one on top
		}
	}
	if on == nil {
		return false
	}
	memory := on.FSType == "tmpfs" || on.FSType == "ramfs"
	return on.Mountpoint == file || memory && !slices.Contains(shared, on.Mountpoint)
}
