#!/bin/sh
# Copies a directory with a program for Node and installs beside it exactly what its package-lock.json names.
# Nothing that comes with the packages is run. Installs nothing when the lock file is still the same.
# Usage: .ci/npm.sh SOURCE TARGET
set -eu
[ $# -eq 2 ] || { echo "usage: $0 SOURCE TARGET" >&2; exit 64; }
source=$1
target=$2
stamp="$target/package-lock.stamp"
mkdir -p "$target"
cp "$source"/* "$target"
if [ -f "$stamp" ] && cmp -s "$target/package-lock.json" "$stamp"; then
  exit 0
fi
make() {
  (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier)
}
# A download may stumble: once more, from the start, before it counts.
make || { echo "once more" >&2; sleep 5; make; }
cp "$target/package-lock.json" "$stamp"
