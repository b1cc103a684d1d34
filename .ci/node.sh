#!/bin/sh
# Installs the distribution's Node and npm where one of them is missing: the tests look at rooms with
# clients that are written for it. Needs root for that.
set -eu
missing=
command -v node >/dev/null || missing=nodejs
command -v npm >/dev/null || missing="$missing npm"
if [ -z "$missing" ]; then
  exit 0
fi
apt-get update -qq
# shellcheck disable=SC2086 # several packages
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
