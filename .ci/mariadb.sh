#!/bin/sh
# Installs the MariaDB server of the distribution where it is missing: its programs alone, without the
# service, because the tests start one of their own. Needs root for that.
set -eu
if [ -x /usr/sbin/mariadbd ] && command -v mariadb-install-db >/dev/null; then
  exit 0
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
  mariadb-server-core mariadb-client-core
