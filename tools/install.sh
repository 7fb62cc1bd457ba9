#!/usr/bin/env bash
# Install Debian packages when we may; otherwise say which ones are missing and how to get them.
set -euo pipefail
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $* ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
else
    echo "Missing: $*. Install with: sudo apt-get install $*" >&2
    exit 1
fi
