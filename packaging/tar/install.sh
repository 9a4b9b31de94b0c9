#!/bin/sh
# Installs or upgrades gaitkeeper on a Linux with systemd. Run it as root, in its folder.
set -eu
install -m 755 gaitkeeper /usr/bin/gaitkeeper
install -D -m 644 gaitkeeper.sysusers /etc/sysusers.d/gaitkeeper.conf
systemd-sysusers gaitkeeper.conf
[ -e /etc/gaitkeeper/config.toml ] || install -D -m 640 -g gaitkeeper config.example.toml /etc/gaitkeeper/config.toml
install -m 644 gaitkeeper.service gaitkeeper@.service /etc/systemd/system/
systemctl daemon-reload && systemctl enable gaitkeeper && systemctl restart gaitkeeper
