// Package packaging holds no code: its test installs the Debian package in a
// throw-away Debian that systemd has booted, and uses it as its owner would.
package packaging

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/internal/smtptest"
)

// TestPackage is what `make try-install` runs.
func TestPackage(t *testing.T) {
	if os.Getenv("GAITKEEPER_TRY_INSTALL") == "" {
		t.Skip("not run: the package was not installed; `make try-install` does that in a throw-away Debian")
	}
	packages, err := filepath.Glob(filepath.Join(os.Getenv("GAITKEEPER_DEB"), "gaitkeeper_*_"+arch(t)+".deb"))
	if err != nil || len(packages) != 1 {
		t.Fatalf("one package is wanted in dist, there are %v (%v)", packages, err)
	}
	d := boot(t)
	d.copy(packages[0], "/root/gaitkeeper.deb", 0o644)
	install := []string{"apt-get", "install", "-y", "-qq", "--no-install-recommends", "--reinstall", "/root/gaitkeeper.deb"}

	t.Log("install and start")
	d.run(install...)
	d.run("systemctl", "is-enabled", "gaitkeeper")
	d.run("systemctl", "start", "gaitkeeper")
	d.active("gaitkeeper")
	answers(t, "http://127.0.0.1:8787/healthz")
	d.run("runuser", "-u", "gaitkeeper", "--", "gaitkeeper", "check")
	said := d.fails("runuser", "-u", "nobody", "--", "gaitkeeper", "status")
	if !strings.Contains(said, "sudo -u gaitkeeper gaitkeeper") {
		t.Errorf("another user is told: %s", said)
	}

	t.Log("a season with a limp in a home that is closed to others, and a mail server")
	server, err := smtptest.New()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Down()
	d.run("adduser", "--quiet", "--disabled-password", "--gecos", "", "anna")
	d.run("chmod", "700", "/home/anna")
	season(t, d.root+"/home/anna/garmin")
	d.write("/etc/gaitkeeper/config.toml", mailConfig(server.Addr, "/run/gaitkeeper/fit"))
	d.run("install", "-D", "-m", "644", "/usr/share/doc/gaitkeeper/home-folder.conf", "/etc/systemd/system/gaitkeeper.service.d/home-folder.conf")
	d.run("systemctl", "daemon-reload")
	d.run("systemctl", "restart", "gaitkeeper")
	d.awaitMail(server)

	t.Log("a second runner")
	d.write("/etc/gaitkeeper/anna.toml", "[web]\nlisten = \"127.0.0.1:0\"\n")
	d.run("systemctl", "start", "gaitkeeper@anna")
	d.active("gaitkeeper@anna")

	d.ownService()
	d.watch()

	t.Log("upgrade")
	before := d.run("systemctl", "show", "-P", "MainPID", "gaitkeeper")
	d.run(install...)
	d.active("gaitkeeper")
	if after := d.run("systemctl", "show", "-P", "MainPID", "gaitkeeper"); after == before {
		t.Error("the upgrade did not restart the daemon")
	}
	if got := d.read("/etc/gaitkeeper/config.toml"); got != mailConfig(server.Addr, "/run/gaitkeeper/fit") {
		t.Error("the upgrade changed the config")
	}
	if mails := server.Mails(); len(ids(mails)) != len(mails) {
		t.Errorf("%d mails under %d Message-IDs", len(mails), len(ids(mails)))
	}

	t.Log("remove, then purge")
	d.run("apt-get", "remove", "-y", "-qq", "gaitkeeper")
	d.run("test", "-s", "/var/lib/gaitkeeper/gaitkeeper.db", "-a", "-s", "/etc/gaitkeeper/config.toml")
	d.fails("pgrep", "-x", "gaitkeeper")
	d.run("apt-get", "purge", "-y", "-qq", "gaitkeeper")
	d.fails("sh", "-c", "ls -d /var/lib/gaitkeeper /etc/gaitkeeper 2>/dev/null | grep .")
	d.fails("getent", "passwd", "gaitkeeper")
	d.archive()
	t.Log("not run: the event of a watch that is plugged in by USB, and the mounting of its disk")
}

// archive installs the static archive with its script, twice: the second time is an
// upgrade, which leaves the config alone.
func (d *debian) archive() {
	d.t.Helper()
	archives, err := filepath.Glob(filepath.Join(os.Getenv("GAITKEEPER_DEB"), "gaitkeeper_*_linux_"+arch(d.t)+".tar.gz"))
	if err != nil || len(archives) != 1 {
		d.t.Fatalf("one archive is wanted in dist, there are %v (%v)", archives, err)
	}
	d.t.Log("the static archive")
	d.copy(archives[0], "/root/gaitkeeper.tar.gz", 0o644)
	d.run("tar", "-C", "/root", "-xzf", "/root/gaitkeeper.tar.gz")
	install := "/root/gaitkeeper/install.sh"
	d.run(install)
	d.active("gaitkeeper")
	d.run("runuser", "-u", "gaitkeeper", "--", "gaitkeeper", "health")
	const own = "[runner]\nname = \"Anna\"\n"
	d.write("/etc/gaitkeeper/config.toml", own)
	d.run(install)
	d.active("gaitkeeper")
	if got := d.read("/etc/gaitkeeper/config.toml"); got != own {
		d.t.Errorf("the second installation changed the config to %s", got)
	}
}

func arch(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("dpkg", "--print-architecture").Output()
	if err != nil {
		t.Skip("not run: this is no Debian")
	}
	return strings.TrimSpace(string(out))
}

// debian is a throw-away Debian that systemd has booted.
type debian struct {
	t    *testing.T
	root string
	init string // process number of its systemd
}

// boot makes a Debian of the same release and boots it.
func boot(t *testing.T) *debian {
	t.Helper()
	for _, tool := range []string{"debootstrap", "systemd-nspawn", "nsenter"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("not run: the package was not installed, %s is not here", tool)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("not run: the package was not installed, that takes root")
	}
	if l, err := net.Listen("tcp", "127.0.0.1:8787"); err != nil { // the container's network is this machine's
		t.Skipf("not run: the package was not installed, its page has no place here: %v", err)
	} else {
		_ = l.Close()
	}
	d := &debian{t: t, root: filepath.Join(t.TempDir(), "debian")}
	if out, err := bootstrap(t, d.root).CombinedOutput(); err != nil {
		t.Skipf("not run: the package was not installed, debootstrap failed: %v\n%s", err, out)
	}
	nspawn := exec.Command("systemd-nspawn", "--quiet", "--directory="+d.root, "--register=no", "--keep-unit", "--boot", "--console=pipe")
	if err := nspawn.Start(); err != nil {
		t.Skipf("not run: the package was not installed, systemd-nspawn failed: %v", err)
	}
	t.Cleanup(func() {
		_ = nspawn.Process.Signal(os.Interrupt)
		_ = exec.Command("kill", "-KILL", d.init).Run() // the end of init is the end of all
		_ = nspawn.Wait()
	})
	booted := within(patience, func() bool {
		out, err := exec.Command("pgrep", "-P", strconv.Itoa(nspawn.Process.Pid), "systemd").Output()
		d.init = strings.TrimSpace(string(out))
		return err == nil && d.command("systemctl", "is-system-running").Run() == nil
	})
	if !booted {
		t.Skip("not run: the package was not installed, systemd does not boot in a container of this machine")
	}
	return d
}

// bootstrap is what makes a small Debian in a folder. What it mounts there is
// its own, and goes with it; a mirror that answers too slowly ends it.
func bootstrap(t *testing.T, folder string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, "debootstrap", "--variant=minbase", "--include=systemd,systemd-sysv,dbus,libpam-systemd,adduser,procps", release(t), folder)
	c.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	return c
}

// release is the code name of this machine's Debian: a program that was built
// here need not run on an older one.
func release(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/etc/os-release")
	debian := regexp.MustCompile(`(?m)^ID=debian$`).Match(text)
	name := regexp.MustCompile(`(?m)^VERSION_CODENAME=(\w+)$`).FindSubmatch(text)
	if err != nil || !debian || name == nil {
		t.Skip("not run: the package was not installed, this is no Debian with a name")
	}
	return string(name[1])
}

// command is a command inside.
func (d *debian) command(args ...string) *exec.Cmd {
	c := exec.Command("nsenter", append([]string{"--all", "--target", d.init}, args...)...)
	c.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "DEBIAN_FRONTEND=noninteractive"}
	return c
}

// run runs a command that has to succeed and returns what it says.
func (d *debian) run(args ...string) string {
	d.t.Helper()
	out, err := d.command(args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// fails runs a command that has to fail and returns what it says.
func (d *debian) fails(args ...string) string {
	d.t.Helper()
	out, err := d.command(args...).CombinedOutput()
	if err == nil {
		d.t.Fatalf("%s did not fail:\n%s", strings.Join(args, " "), out)
	}
	return string(out)
}

func (d *debian) active(unit string) {
	d.t.Helper()
	if d.command("systemctl", "is-active", unit).Run() != nil {
		d.t.Fatalf("%s does not run:\n%s", unit, d.run("journalctl", "--no-pager", "-u", unit))
	}
}

func (d *debian) copy(from, to string, mode os.FileMode) {
	d.t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.root, to), data, mode); err != nil {
		d.t.Fatal(err)
	}
}

// write replaces what stands in a file; a new one is readable for all.
func (d *debian) write(file, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.root, file), []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *debian) read(file string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.root, file))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

func (d *debian) awaitMail(s *smtptest.Server) {
	d.t.Helper()
	select {
	case <-s.Came():
	case <-time.After(patience):
		d.t.Fatalf("no mail came:\n%s", d.run("journalctl", "--no-pager", "-u", "gaitkeeper"))
	}
}

func answers(t *testing.T, address string) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s answers %s", address, resp.Status)
	}
}

// ids returns the different Message-IDs.
func ids(mails []smtptest.Mail) map[string]bool {
	all := map[string]bool{}
	for _, m := range mails {
		all[m.MessageID()] = true
	}
	return all
}
