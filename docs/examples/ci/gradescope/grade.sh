#!/usr/bin/env bash
# Grades the submission that comes as a tar archive on standard input, and prints results.json for Gradescope. It is all that
# Gradescope's key may do on this machine, by its line in ~/.ssh/authorized_keys:
#
#     restrict,command="socketlab/docs/examples/ci/gradescope/grade.sh tcp-server" ssh-ed25519 AAAA…
set -euo pipefail

role=$1
root=$(dirname -- "$(readlink -f -- "$0")")/../../../..
work=$(mktemp --directory)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
mkdir submission
tar --extract --no-same-owner --directory submission

status=0
"$root/socketlab" check "$role" submission --format gradescope || status=$?
# A program that fails has been graded.
if ((status == 1)); then status=0; fi
exit "$status"
