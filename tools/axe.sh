#!/usr/bin/env bash
# Puts axe-core, which looks for what keeps people out of a page, into bin/ for
# the page's tests. They do without it, and say so, where this was not run.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.14.1
sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c

[ -f bin/axe.min.js ] && exit 0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack --silent --fetch-retries=1 --fetch-timeout=60000 --pack-destination "$folder" "axe-core@$version" >/dev/null || {
	echo "not run: axe-core on the page, npm could not get it" >&2
	exit 0
}
tar xzf "$folder/axe-core-$version.tgz" -C "$folder" package/axe.min.js
echo "$sum  $folder/package/axe.min.js" | sha256sum --check --quiet
mkdir -p bin
mv "$folder/package/axe.min.js" bin/axe.min.js
