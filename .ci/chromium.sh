#!/bin/sh
# Installs the distribution's Chromium and a font with emoji where one of them is missing: for the pictures
# of the documentation. Needs root for that.
set -eu
emoji=/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf
if command -v chromium >/dev/null && [ -f "$emoji" ]; then
  exit 0
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
  chromium fonts-noto-color-emoji
