# Examines this machine and changes nothing: what is there, what is missing, and what the set-up would do about it. What no version
# number shows is tried in a container on a network of its own; both are gone when it ends.
# shellcheck shell=bash disable=SC2034,SC2154 # the parts share variables

# In this order, as later ones require earlier ones.
checks=(system resources libraries node packages docker engine versions base-image network ipv6 probe-image probe
  iptables queues-ipv4 queues-ipv6 tracing)

found=     # what a check has found
remedy=    # what to do about it
unmet=' '  # the checks that have not passed, each between spaces
failures=0 # checks that have failed
skips=0    # checks that could not be made

# doctor [--json]: prints a line for each check, and succeeds when none has failed.
doctor() {
  local check format=line
  if [[ ${1-} == --json ]]; then
    format=json
    shift
  fi
  (($# == 0)) || misused "doctor takes only --json, but got \"$1\""
  trap 'end_trial; clean_up' EXIT
  for check in "${checks[@]}"; do
    examine "$check"
    "print_$format" "$check"
  done
  if [[ $format == json ]]; then
    printf '\n]\n'
  else
    say "$((${#checks[@]} - failures - skips)) checks passed, $failures failed, $skips skipped"
  fi
  ((failures == 0))
}

# Sets `status`, `found` and `remedy`. A check returns 1 for what is wrong, 2 for what cannot be known yet.
examine() {
  local required
  for required in $(requirements "$1"); do
    if [[ $unmet == *" $required "* ]]; then
      skip "$1" "requires $required"
      return
    fi
  done
  "check_${1//-/_}" && status=ok remedy='' && return
  if (($? == 2)); then
    skip "$1" "$found"
  else
    unmet+="$1 " status=failed
    ((++failures))
  fi
}

skip() {
  unmet+="$1 " status=skipped found=$2 remedy=''
  ((++skips))
}

requirements() {
  case $1 in
    packages) echo libraries node ;;
    engine) echo docker ;;
    versions) echo engine ;;
    base-image) echo node engine ;;
    network | probe-image) echo engine ;;
    ipv6) echo network ;;
    probe) echo network probe-image ;;
    iptables | queues-* | tracing) echo probe ;;
  esac
}

print_line() {
  printf '%-7s  %-11s  %s\n' "$status" "$1" "$found${remedy:+; $remedy}"
}

print_json() {
  if [[ $1 == "${checks[0]}" ]]; then printf '[\n'; else printf ',\n'; fi
  printf '  {"check": "%s", "status": "%s", "found": %s, "remedy": %s}' \
    "$1" "$status" "$(json_string "$found")" "$(json_string "$remedy")"
}

# RFC 8259, section 7. A control character, as those that colour a message, is of no use to who reads it.
json_string() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}
