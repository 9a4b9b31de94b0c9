package packaging

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/smtptest"
)

// TestImage is what `make try-image` runs: the image, unpacked and started without
// rights on a root that nobody can write to, as a container engine does it, with a
// folder of FIT files and a secret that is open to all.
func TestImage(t *testing.T) {
	if os.Getenv("GAITKEEPER_TRY_IMAGE") == "" {
		t.Skip("not run: the image was not tried; `make try-image` does that")
	}
	if _, err := exec.LookPath("buildah"); err != nil || os.Geteuid() != 0 {
		t.Skip("not run: the image was not tried, that takes buildah and root")
	}
	server, err := smtptest.New()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Down()
	c := newContainer(t)
	c.season(33)
	c.configure(server.Addr)

	serve := c.start("serve")
	c.awaitHealth()
	if !within(patience, func() bool { return len(server.Mails()) == 1 }) {
		t.Fatalf("%d mails\n%s", len(server.Mails()), serve.log())
	}
	before := c.run("runs", "--json")
	if n := strings.Count(before, "\n"); n != 33 {
		t.Errorf("%d runs", n)
	}
	serve.stop()
	if out, err := c.command("health").CombinedOutput(); err == nil {
		t.Errorf("stopped, and health says %s", out)
	}

	serve = c.start("serve")
	c.awaitHealth()
	if after := c.run("runs", "--json"); after != before {
		t.Errorf("before the restart:\n%s\nafter it:\n%s", before, after)
	}
	serve.stop()
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails after a restart", n)
	}
}

// container is the image's file system with what is mounted into it.
type container struct {
	t    *testing.T
	root string
}

const nobody = 65532 // the image's user

// newContainer unpacks the image. Everything in it but /data belongs to root.
func newContainer(t *testing.T) *container {
	t.Helper()
	buildah := func(args ...string) string {
		out, err := exec.Command("buildah", append([]string{"--storage-driver", "vfs"}, args...)...).Output()
		if err != nil {
			t.Skipf("not run: the image was not tried, buildah %v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	name := buildah("from", "--pull-never", "localhost/gaitkeeper:latest")
	t.Cleanup(func() { buildah("rm", name) })
	if said := buildah("inspect", "--format", "{{.Docker.Config.User}} {{.Docker.Config.Healthcheck.Test}} {{.Docker.Config.Entrypoint}} {{.Docker.Config.Cmd}}", name); said !=
		"65532:65532 [CMD /usr/bin/gaitkeeper health] [/usr/bin/gaitkeeper] [serve]" {
		t.Errorf("the image says %s", said)
	}
	root := filepath.Join(t.TempDir(), "root")
	mounted := buildah("mount", name)
	if out, err := exec.Command("cp", "-a", mounted, root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for dir := filepath.Dir(root); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil { // the test's own folders
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"fit", "run/secrets", "etc/gaitkeeper", "dev"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return &container{t, root}
}

func (c *container) write(file, text string, mode os.FileMode) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.root, file), []byte(text), mode); err != nil {
		c.t.Fatal(err)
	}
}

// season writes runs whose last three limp.
func (c *container) season(runs int) {
	c.t.Helper()
	for i, run := range simulate.LimpSeasonUntil(1, time.Now().Add(-2*time.Hour).Truncate(time.Second), runs, runs-3, 2, gait.Left) {
		f, err := os.Create(filepath.Join(c.root, "fit", fmt.Sprintf("%03d.fit", i)))
		if err != nil {
			c.t.Fatal(err)
		}
		if err := simulate.WriteFIT(f, run); err != nil {
			c.t.Fatal(err)
		}
		_ = f.Close()
	}
}

// configure writes the config with a free port and a secret as an engine hands it in.
func (c *container) configure(mailAddr string) {
	c.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	listen := l.Addr().String()
	_ = l.Close()
	hash := exec.Command(filepath.Join(c.root, "usr/bin/gaitkeeper"), "hash-password")
	hash.Stdin = strings.NewReader("a long enough password\n")
	out, err := hash.Output()
	if err != nil {
		c.t.Fatal(err)
	}
	c.write("run/secrets/page", string(out), 0o444)
	text := strings.NewReplacer("/run/gaitkeeper/fit", "/fit").Replace(mailConfig(c.t, mailAddr))
	c.write("etc/gaitkeeper/config.toml", text+fmt.Sprintf("[web]\nlisten = %q\npassword_file = \"/run/secrets/page\"\n", listen), 0o444)
}

// command is a command in the container: an empty chroot, the image's user and
// environment.
func (c *container) command(args ...string) *exec.Cmd {
	return inside(c.root, nobody, []string{"STATE_DIRECTORY=/data", "TMPDIR=/data", "TZ=Europe/Berlin"}, args...)
}

// inside is gaitkeeper in a chroot, whose file system can be written to only where
// its user may.
func inside(root string, user uint32, env []string, args ...string) *exec.Cmd {
	cmd := exec.Command("/usr/bin/gaitkeeper", args...)
	cmd.Dir, cmd.Env = "/", env
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: user, Gid: user}, Setpgid: true}
	return cmd
}

func (c *container) run(args ...string) string {
	c.t.Helper()
	cmd := c.command(args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		c.t.Fatalf("%v: %v\n%s%s", args, err, out, stderr.String())
	}
	return string(out)
}

func (c *container) awaitHealth() {
	c.t.Helper()
	var out []byte
	if !within(patience, func() (well bool) {
		var err error
		out, err = c.command("health").CombinedOutput()
		return err == nil
	}) {
		c.t.Fatalf("never well: %s", out)
	}
}

// daemon is a started container.
type daemon struct {
	t   *testing.T
	cmd *exec.Cmd
	out *os.File
}

func (c *container) start(args ...string) *daemon {
	c.t.Helper()
	out, err := os.CreateTemp(c.t.TempDir(), "log")
	if err != nil {
		c.t.Fatal(err)
	}
	d := &daemon{c.t, c.command(args...), out}
	d.cmd.Stdout, d.cmd.Stderr = out, out
	if err := d.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = d.cmd.Process.Kill() })
	return d
}

func (d *daemon) log() string {
	data, _ := os.ReadFile(d.out.Name())
	return string(data)
}

// stop stops it as an engine does, which kills after ten seconds.
func (d *daemon) stop() {
	d.t.Helper()
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- d.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			d.t.Errorf("it ended with %v\n%s", err, d.log())
		}
	case <-time.After(10 * time.Second):
		d.t.Fatalf("it does not stop within 10 seconds\n%s", d.log())
	}
}

// TestStatic runs the static program in an empty folder as its root.
func TestStatic(t *testing.T) {
	program := os.Getenv("GAITKEEPER_STATIC")
	if program == "" || os.Geteuid() != 0 {
		t.Skip("not run: the static program was not tried; `make try-image` does that as root")
	}
	if out, err := exec.Command("ldd", program).CombinedOutput(); err == nil {
		t.Errorf("it needs libraries: %s", out)
	}
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "usr/bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.OpenFile(filepath.Join(root, "usr/bin/gaitkeeper"), os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	_ = to.Close()
	for _, args := range [][]string{{"version"}, {"status"}, {"check"}} {
		if out, err := inside(root, 0, []string{"STATE_DIRECTORY=/", "TZ=America/New_York"}, args...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

// The config of compose.yaml is whole but for its secrets, and names nothing that
// compose.yaml does not mount.
func TestTheContainersConfig(t *testing.T) {
	_, err := config.Load("container/config.toml", func(name string) string { return map[string]string{"STATE_DIRECTORY": "/data"}[name] })
	var faults config.Faults
	if !errors.As(err, &faults) || len(faults) != 2 {
		t.Fatalf("its secrets are not here, and it says %v", err)
	}
	compose, err := os.ReadFile("../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		secret, _, _ := strings.Cut(strings.TrimPrefix(f.Text, "/run/secrets/"), " ")
		if !strings.HasSuffix(f.Text, "is missing: write the secret into it and chmod 600 it") || !strings.Contains(string(compose), "  "+secret+": {file:") {
			t.Errorf("%v", f)
		}
	}
	for _, mounted := range []string{":/fit:ro", ":/etc/gaitkeeper/config.toml:ro", ":/data", ":8787"} {
		if !strings.Contains(string(compose), mounted) {
			t.Errorf("compose.yaml lacks %s", mounted)
		}
	}
}
