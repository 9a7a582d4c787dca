# What the faults of a lab have left whose hosts are gone: probes, and notes of hosts that were ended.
# shellcheck shell=bash

# They end by themselves, but only after a while, and the command should leave nothing behind.
end_probes() {
  local project probe host
  project=$(setting COMPOSE_PROJECT_NAME)
  while read -r probe; do
    host=$(docker inspect --format '{{.HostConfig.NetworkMode}}' "$probe" 2>/dev/null) || continue
    docker inspect "${host#container:}" >/dev/null 2>&1 || end_probe "$probe" &
  done < <(docker ps --all --quiet --filter "label=socketlab.lab=${project:-socketlab}" --filter label=socketlab.purpose)
  docker volume ls --quiet --filter "label=socketlab.lab=${project:-socketlab}" | xargs --no-run-if-empty docker volume rm >/dev/null || true
  wait
}

# A probe is removed a moment after it has ended; one that was never started, by force.
end_probe() {
  local tries
  docker stop --time 5 "$1" >/dev/null 2>&1 || true
  docker rm --force "$1" >/dev/null 2>&1 || true
  for ((tries = 0; tries < 100; tries++)); do
    docker inspect "$1" >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  say "the probe $1 is still there; \"docker rm --force\" removes it"
}
