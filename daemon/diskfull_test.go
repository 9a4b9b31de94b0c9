package daemon

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/gait"
)

// onSmallDisk marks the other process of TestDiskFull.
const onSmallDisk = "GAITKEEPER_TEST_ON_SMALL_DISK"

// A disk that is full: the message says so, what was confirmed stays, nothing is
// sent that could not be recorded, and once there is room all of it comes, once.
func TestDiskFull(t *testing.T) {
	c := exec.Command(os.Args[0], "-test.run", "^TestOnASmallDisk$", "-test.v")
	c.Env = append(os.Environ(), onSmallDisk+"=1")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		c.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
	}
	out, err := c.CombinedOutput()
	switch {
	case strings.Contains(string(out), "no disk of one's own"), err != nil && len(out) == 0:
		t.Skipf("this machine lets nobody mount a disk of one's own: %v %s", err, out)
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	}
}

// smallDisk is a disk with so many bytes.
type smallDisk struct {
	t   *testing.T
	dir string
}

func (d smallDisk) size(size string, flags uintptr) error {
	return unix.Mount("tmpfs", d.dir, "tmpfs", flags, "size="+size)
}

// fill takes all room that is left.
func (d smallDisk) fill() (filler string) {
	d.t.Helper()
	filler = filepath.Join(d.dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); ; {
		if _, err := f.Write(block); err != nil {
			return filler
		}
	}
}

func TestOnASmallDisk(t *testing.T) {
	if os.Getenv(onSmallDisk) == "" {
		t.Skip("runs only as the other process of TestDiskFull")
	}
	h, c := newHome(t), &clock{}
	disk := smallDisk{t, t.TempDir()}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		t.Fatalf("no disk of one's own: %v", err)
	}
	if err := disk.size("900k", 0); err != nil {
		t.Fatalf("no disk of one's own: %v", err)
	}
	defer func() { _ = unix.Unmount(disk.dir, unix.MNT_DETACH) }()
	h.cfg.Storage.Path = filepath.Join(disk.dir, "gaitkeeper.db")
	app := h.open(c.now)
	season := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 33, 30, 33)
	for _, run := range season {
		h.drop(run)
	}
	c.at = season[32].End().Add(time.Hour)
	_, err := app.Sync(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "the disk is full, make room") {
		t.Fatalf("the sync says %v", err)
	}
	if got := h.kinds(); got != "" {
		t.Fatalf("sent without a record: %q", got)
	}
	if err := app.Close(); err != nil { // a restart on the full disk
		t.Fatal(err)
	}
	if err := disk.size("6m", unix.MS_REMOUNT); err != nil {
		t.Fatal(err)
	}
	app = h.open(c.now)
	defer app.Close()
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if runs, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(runs) != 33 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	if !h.warned() {
		t.Fatalf("mails %q", h.kinds())
	}
	told := h.kinds()

	filler := disk.fill()
	worst, err := gait.Exactly(6)
	if err != nil {
		t.Fatal(err)
	}
	pain := gait.Pain{At: c.at, Site: gait.Shin, Side: gait.Left, Worst: worst, Note: strings.Repeat("a long note ", 600)}
	if _, _, err := app.AddPain(t.Context(), "", pain); err == nil || !strings.Contains(err.Error(), "the disk is full, make room") {
		t.Errorf("the diary says %v", err)
	}
	if err := app.keepCopy(t.Context()); err == nil || !strings.Contains(err.Error(), "too full for another daily copy") {
		t.Errorf("the copy says %v", err)
	}
	if _, err := app.Status(t.Context()); err != nil {
		t.Errorf("status on a full disk: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if diary, err := app.store.ListPain(t.Context()); err != nil || len(diary) != 0 {
		t.Errorf("the entry that was refused is there: %v, %v", diary, err)
	}
	if _, _, err := app.AddPain(t.Context(), "", pain); err != nil {
		t.Error(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if got := h.kinds(); !strings.HasPrefix(got, told) {
		t.Errorf("mails %q after %q", got, told)
	}
	h.once()
}

// once wants each mail under a Message-ID of its own.
func (h *home) once() {
	h.t.Helper()
	ids := map[string]bool{}
	for _, m := range h.mail.Mails() {
		if ids[m.MessageID()] {
			h.t.Errorf("%q came twice", m.Header.Get("Subject"))
		}
		ids[m.MessageID()] = true
	}
}
