package packaging

import (
	"strconv"
	"strings"
)

// ownService runs the unit in a user's own systemd, with FIT files that only the
// user may read.
func (d *debian) ownService() {
	d.t.Helper()
	d.t.Log("a user's own service, lingering")
	d.run("adduser", "--quiet", "--disabled-password", "--gecos", "", "--uid", "1500", "bert")
	season(d.t, d.root+"/home/bert/garmin")
	d.run("install", "-d", "/home/bert/.config/gaitkeeper")
	d.write("/home/bert/.config/gaitkeeper/config.toml", "[sources.fit]\ndirs = [\"~/garmin\"]\nsettle = \"0s\"\n[web]\nlisten = \"127.0.0.1:0\"\n")
	d.run("chown", "-R", "bert:", "/home/bert")
	d.run("chmod", "-R", "go=", "/home/bert")
	if d.command("loginctl", "enable-linger", "bert").Run() != nil || !within(patience, func() bool { return d.asBert("systemctl", "--user", "is-system-running") }) {
		d.t.Log("not run: the unit of a user's own systemd, which does not start in a container of this machine")
		return
	}
	if !d.asBert("systemctl", "--user", "start", "gaitkeeper") || !d.asBert("systemctl", "--user", "is-active", "gaitkeeper") {
		d.t.Fatalf("bert's service does not run:\n%s", d.run("journalctl", "--no-pager", "_UID=1500"))
	}
	if !within(patience, func() bool { return d.asBert("gaitkeeper", "explain", "latest") }) {
		d.t.Fatalf("bert's runs were not taken in:\n%s", d.run("journalctl", "--no-pager", "_UID=1500"))
	}
	if !d.asBert("systemctl", "--user", "stop", "gaitkeeper") {
		d.t.Error("bert's service does not stop")
	}
}

// asBert tells whether a command of bert's succeeds.
func (d *debian) asBert(args ...string) bool {
	return d.command(append([]string{"runuser", "-u", "bert", "--", "env", "HOME=/home/bert", "XDG_RUNTIME_DIR=/run/user/1500"}, args...)...).Run() == nil
}

// watch starts the unit of a watch by hand. No disk is plugged into a container:
// a folder stands for it, and nothing waits for its device.
func (d *debian) watch() {
	d.t.Helper()
	d.t.Log("a watch, but for its disk")
	const disk = "ro,nosuid,nodev,noexec,uid=gaitkeeper,gid=gaitkeeper /dev/%i"
	d.run("install", "-d", "/srv/watch/GARMIN")
	d.run("cp", "-r", "/home/anna/garmin", "/srv/watch/GARMIN/Activity")
	d.run("chown", "-R", "gaitkeeper:", "/srv/watch") // so a watch's disk is mounted
	var unit []string
	for line := range strings.Lines(d.read("/lib/systemd/system/gaitkeeper-watch@.service")) {
		switch {
		case strings.Contains(line, "dev-%i.device"):
		case strings.HasPrefix(line, "ExecStartPre="):
			unit = append(unit, strings.Replace(line, disk, "bind,ro /srv/watch", 1))
		default:
			unit = append(unit, line)
		}
	}
	d.write("/etc/systemd/system/gaitkeeper-watch@.service", strings.Join(unit, ""))
	d.run("systemctl", "daemon-reload")
	err := d.command("systemctl", "start", "gaitkeeper-watch@sdz1").Run()
	said := d.run("journalctl", "--no-pager", "-u", "gaitkeeper-watch@sdz1")
	if err != nil || !strings.Contains(said, "files seen before: "+strconv.Itoa(seasonRuns)) {
		d.t.Errorf("the watch's files were not read:\n%s", said)
	}
	d.fails("mountpoint", "/run/gaitkeeper-watch/sdz1")
}
