# The probes that a lab's faults have left beside hosts that are gone.
# shellcheck shell=bash

# They end by themselves, but only after a while, and the command is to leave nothing behind.
end_probes() {
  local project probe host
  project=$(setting COMPOSE_PROJECT_NAME)
  while read -r probe; do
    host=$(docker inspect --format '{{.HostConfig.NetworkMode}}' "$probe" 2>/dev/null) || continue
    docker inspect "${host#container:}" >/dev/null 2>&1 || end_probe "$probe" &
  done < <(docker ps --all --quiet --filter "label=socketlab.lab=${project:-socketlab}" --filter label=socketlab.purpose)
  wait
}

# It is removed a moment after it has ended.
end_probe() {
  docker stop --time 5 "$1" >/dev/null 2>&1 || true
  while docker inspect "$1" >/dev/null 2>&1; do sleep 0.1; done
}
