#!/bin/sh
# Installs or upgrades gaitkeeper on a Linux with systemd. Run it as root.
set -eu; cd "$(dirname "$0")"
install -m 755 gaitkeeper /usr/bin/gaitkeeper; install -D -m 644 gaitkeeper.1 /usr/local/share/man/man1/gaitkeeper.1
install -D -m 644 gaitkeeper.sysusers /etc/sysusers.d/gaitkeeper.conf; systemd-sysusers gaitkeeper.conf
[ -e /etc/gaitkeeper/config.toml ] || install -D -m 640 -g gaitkeeper config.example.toml /etc/gaitkeeper/config.toml
install -m 644 gaitkeeper.service gaitkeeper@.service /etc/systemd/system/
systemctl daemon-reload; systemctl enable gaitkeeper; systemctl restart gaitkeeper
echo 'gaitkeeper runs at http://127.0.0.1:8787. Edit /etc/gaitkeeper/config.toml, then: systemctl reload gaitkeeper'
