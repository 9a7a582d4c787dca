#!/usr/bin/env bash
# Keeps the latest of what is printed: at least 5 MB of it in FILE and FILE.1 together, and at most 10 MB.
#
#   keep-log.sh FILE <OUTPUT
set -euo pipefail
export file=$1
# What was there before, a link as well, is moved away, and not written to.
# shellcheck disable=SC2016 # split(1) runs it
exec split --bytes=5MB --filter='if [ -e "$file" ]; then mv --force "$file" "$file.1"; fi; exec cat >"$file"'
