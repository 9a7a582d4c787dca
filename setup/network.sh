# The lab's network: its project, and whether it has IPv6.
# shellcheck shell=bash disable=SC2034 # the parts share variables

# The value of a variable in the environment or else in .env, as Compose reads it; nothing if it is unset.
setting() {
  local value=${!1-}
  if [[ ! $value ]]; then
    value=$(sed -n "s/^$1=//p" .env 2>/dev/null | tail -n 1)
    case $value in \"*\" | \'*\') value=${value#?} value=${value%?} ;; esac
  fi
  printf '%s\n' "$value"
}

# Takes --project NAME out of the options, for Compose and everything after it; the rest are in `options`.
take_project() {
  options=()
  while (($#)); do
    case $1 in
      --project)
        choose_project "${2-}"
        shift
        ;;
      --project=*) choose_project "${1#*=}" ;;
      *) options+=("$1") ;;
    esac
    shift
  done
}

# An empty name would stand for the lab of the environment, which may not be the one to take down.
choose_project() {
  [[ $1 ]] || misused '--project needs a name'
  export COMPOSE_PROJECT_NAME=$1
}

# A prefix for each lab, derived from its name (RFC 4193).
prefix_of() {
  local sum
  read -r sum _ < <(cksum <<<"$1")
  printf 'fd50:c7e1:%x::/64' $((sum % 65536))
}

# Sets LAB_IPV6 for Compose, which has "false" for "off", and the prefix, unless they are set.
choose_network() {
  local chosen project has_ipv6
  chosen=$(setting LAB_IPV6)
  case $chosen in
    '' | on | true) LAB_IPV6=true ;;
    off | false) LAB_IPV6=false ;;
    *) misused "LAB_IPV6 must be \"on\" or \"off\", but is \"$chosen\"" ;;
  esac
  project=$(setting COMPOSE_PROJECT_NAME)
  if [[ $project && $project != socketlab && ! $(setting LAB_IPV6_SUBNET) ]]; then
    LAB_IPV6_SUBNET=$(prefix_of "$project")
    export LAB_IPV6_SUBNET
  fi
  if [[ ! $chosen ]]; then
    # An existing network stays as it is.
    if has_ipv6=$(docker network inspect "${project:-socketlab}_lab" --format '{{.EnableIPv6}}' 2>/dev/null); then
      LAB_IPV6=$has_ipv6
    elif ! makes_ipv6; then
      LAB_IPV6=false
      say "the lab has IPv4 alone, as this engine cannot make IPv6 networks: $problem; LAB_IPV6=off in .env says so to docker compose, too"
    fi
  fi
  export LAB_IPV6
}

# Makes a network with IPv6, and removes it.
makes_ipv6() {
  local name=socketlab-$$-$RANDOM
  create_network "$name" --ipv6 --subnet "$(prefix_of "$name")" || return
  docker network rm "$name" >/dev/null
}

# create_network NAME [OPTION...]. The label is for `sweep`, should this be killed before the network is removed.
create_network() {
  problem=$(docker network create --internal --label "socketlab.owner=$(owner)" "${@:2}" "$1" 2>&1)
}
