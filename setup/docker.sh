# Docker: engine, client, Compose and Buildx, those of the machine if it has them, or else the distribution's.
# shellcheck shell=bash disable=SC2034 # the parts share variables

# The first with the fix of CVE-2024-29018: names that hosts of an internal network looked up got out of it.
MIN_ENGINE=25.0.5

# dockerd is not on the PATH of an ordinary user of Debian.
PATH=$PATH:/usr/sbin:/sbin

absent=()   # parts of Docker that are not installed
engine=''   # version of the engine that answers, or why none does
compose=''  # version
endpoint='' # where the engine is

# The set-up installs and starts only the engine behind the usual socket of this machine.
is_own_engine() {
  endpoint=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) ||
    endpoint=${DOCKER_HOST-}
  [[ -z $endpoint || $endpoint =~ ^unix:///(var/)?run/docker.sock$ ]]
}

have_docker() {
  have_parts && have_engine && have_versions
}

get_docker() {
  have_parts || get_parts
  have_engine || get_engine
  # Somebody has chosen these versions, and may have containers: they are not replaced unasked.
  have_versions || fail "$problem: please upgrade it, or remove it and run this again"
}

have_parts() {
  absent=()
  if is_own_engine && ! have_engine && ! command -v dockerd >/dev/null; then absent+=(engine); fi
  command -v docker >/dev/null || absent+=(client)
  compose=$(docker compose version --short 2>/dev/null) || absent+=(compose)
  docker buildx version >/dev/null 2>&1 || absent+=(buildx)
  problem="parts of Docker are not installed: ${absent[*]-}"
  ((${#absent[@]} == 0))
}

get_parts() {
  local part packages=()
  for part in "${absent[@]}"; do packages+=("$(docker_package "$part")"); done
  apt_install "Docker Engine $MIN_ENGINE or later, Compose 2.20 or later and Buildx" "${packages[@]}"
  have_parts || fail "$problem"
}

have_engine() {
  engine=$(within 10 docker version --format '{{.Server.Version}}' 2>&1 | sed '/^$/d' | tail -n 1) &&
    return
  problem="the Docker engine does not answer: $engine"
  if [[ $engine == *'permission denied'* ]]; then
    problem="no permission to use Docker: run \"sudo usermod -aG docker $(id -un)\", then log in again; whoever is in the group docker can do on this machine what root can"
  fi
  return 1
}

get_engine() {
  if [[ $engine == *'permission denied'* ]] || ! is_own_engine; then fail "$problem"; fi
  authorize 'start the Docker engine'
  step 'start the Docker engine' as_root setup/start-engine.sh
  have_engine || fail "$problem"
}

have_versions() {
  problem="Docker Engine $MIN_ENGINE or later is needed, but found $engine"
  at_least "$MIN_ENGINE" "$engine" || return
  problem="Docker Compose 2.20 or later is needed, but found $compose"
  at_least 2.20 "${compose#v}"
}
