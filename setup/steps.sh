# How the set-up reports, asks, becomes root, runs commands quietly, and is interrupted.
# shellcheck shell=bash disable=SC2034 # the parts share variables

log=        # file with the output of the quiet command
job=        # its process group
work=       # folder for large temporary files
problem=    # what is wrong, set by the last `have_X` that failed
authorized= # not empty when sudo has agreed

say() {
  printf 'socketlab: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Meets one need: `have_X` checks it, `get_X` provides what is missing.
need() {
  if "have_$1"; then return; fi
  "get_$1"
  "have_$1" || fail "$problem"
}

# Says what is about to be done to this machine, and asks at a terminal.
consent() {
  local answer
  say "going to $1"
  if [[ -t 0 && -t 2 && -z ${CI-} ]]; then
    read -r -p 'socketlab: go on? [Y/n] ' answer || answer=no
    [[ ${answer:-y} == [Yy]* ]] || fail 'stopped, nothing was changed'
  fi
}

# Asks for a password here, as a step has no terminal.
authorize() {
  ((EUID)) && [[ -z $authorized ]] || return 0
  command -v sudo >/dev/null || fail "Cannot $1: root is needed, and there is no sudo"
  if [[ -t 0 ]]; then sudo true; else sudo -n true; fi || fail "Cannot $1: sudo refused"
  authorized=yes
}

as_root() {
  if ((EUID)); then sudo -n "$@"; else "$@"; fi
}

# Runs a command quietly: a dot every two seconds, and its output only if it fails. It has a process
# group of its own, so that an interruption ends all of it; the trap makes its shell the last to end,
# as that is what is waited for.
patiently() {
  local status=0 ticks=0 started=$SECONDS
  printf 'socketlab: %s ' "$1" >&2
  log=${log:-$(mktemp)}
  set -m
  { trap : TERM && "${@:2}"; } </dev/null >"$log" 2>&1 &
  job=$!
  set +m
  while [[ $(jobs -pr) ]]; do
    sleep 0.2
    ((++ticks % 10)) || printf . >&2
  done
  wait "$job" || status=$?
  job=
  if ((status == 0)); then
    echo " $((SECONDS - started)) s" >&2
  else
    echo ' failed' >&2
    tail -n 120 "$log" >&2
  fi
  return $status
}

# A quiet command that must succeed.
step() {
  patiently "$@" || fail "Cannot $1"
}

# Limits a command that may wait for ever, if there is timeout(1): macOS has none.
within() {
  if command -v timeout >/dev/null; then timeout --foreground "$@"; else "${@:2}"; fi
}

clean_up() {
  if [[ $job ]]; then
    echo ' interrupted, waiting for its end' >&2
    kill -- "-$job" 2>/dev/null || true
    if [[ $authorized ]]; then as_root kill -- "-$job" 2>/dev/null || true; fi
    wait "$job" || true
    job=
  fi
  if [[ $work ]]; then as_root rm -rf "$work"; fi
  if [[ $log ]]; then rm -f "$log"; fi
  work='' log=''
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
