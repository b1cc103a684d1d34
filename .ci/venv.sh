#!/bin/sh
# Makes a Python virtual environment under target/, once for each list of requirements.
#
#   .ci/venv.sh NAME REQUIREMENTS
#
# NAME gives target/venv-NAME; REQUIREMENTS is a file for pip. Prints the directory. A second call
# with the same list does nothing; a changed or half-made environment is made anew.
set -eu

if [ $# -ne 2 ]; then
    echo "usage: $0 NAME REQUIREMENTS" >&2
    exit 64
fi

root=$(cd "$(dirname "$0")/.." && pwd)
requirements=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
venv=$root/target/venv-$1
done_mark=$venv/.made-from

mkdir -p "$root/target"
# Two modules of one build may ask for the same environment at once.
exec 9> "$venv.lock"
flock 9

if ! cmp -s "$requirements" "$done_mark"; then
    rm -rf "$venv"
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
    cp "$requirements" "$done_mark"
fi
echo "$venv"
