#!/usr/bin/env bash
# Starts the Docker engine of this machine, and returns when it answers. Run as root.
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "$0")")
cd /
log=/var/log/socketlab-dockerd.log

answers() {
  docker --host unix:///var/run/docker.sock version >/dev/null 2>&1
}

# An engine that was killed leaves these files, and the next one refuses to start while another
# process has the number in them, or a zombie of the old one: that has no executable any more.
remove_stale_pid_files() {
  local file pid
  for file in /run/docker.pid /run/docker/containerd/containerd.pid; do
    [[ -f $file ]] || continue
    pid=$(<"$file")
    case $(readlink "/proc/$pid/exe") in
      */dockerd* | */containerd*) ;;
      *) rm -f "$file" ;;
    esac
  done
}

# With any of our files open, the engine would keep our caller waiting, or our lock locked. Its log is kept by a process in a session
# of its own, as the engine is, which Ctrl-C here does not reach.
launch() {
  local file
  for file in /proc/self/fd/*; do
    file=${file##*/}
    if ((file > 2)); then exec {file}>&-; fi
  done
  exec setsid dockerd </dev/null > >(exec setsid "$here/keep-log.sh" "$log" >/dev/null 2>&1) 2>&1
}

if [[ -d /run/systemd/system ]]; then
  exec systemctl start docker
fi

# In a folder that only root writes: in /run/lock anybody could have put a link here, and root would empty what it leads to.
exec 9>/run/socketlab-engine.lock
flock 9
if answers; then exit; fi
remove_stale_pid_files
launch &
for ((tenths = 0; tenths < 300; tenths++)); do
  if answers; then exit; fi
  kill -0 $! 2>/dev/null || break
  sleep 0.1
done
tail -n 15 "$log"
echo "dockerd did not answer; all of its log is in $log"
exit 1
