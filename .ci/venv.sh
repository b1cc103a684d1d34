#!/bin/sh
# Makes the Python environment target/venv-NAME from a file of pinned requirements.
# Does nothing when the environment was already made from the very same file.
# Usage: .ci/venv.sh NAME REQUIREMENTS
set -eu
[ $# -eq 2 ] || { echo "usage: $0 NAME REQUIREMENTS" >&2; exit 64; }
root=$(cd "$(dirname "$0")/.." && pwd)
venv="$root/target/venv-$1"
stamp="$venv/requirements.stamp"
if [ -f "$stamp" ] && cmp -s "$2" "$stamp"; then
  exit 0
fi
make() {
  rm -rf "$venv"
  mkdir -p "$root/target"
  python3 -m venv "$venv" &&
    "$venv/bin/pip" install -q --disable-pip-version-check -r "$2"
}
# A download may stumble: once more, from the start, before it counts.
make "$@" || { echo "once more" >&2; sleep 5; make "$@"; }
cp "$2" "$stamp"
