# Runs in a probe that shares a host's process namespace, in front of its command: goes on as a user that no program of the host is,
# and keeps the named capabilities. A program that runs as root could otherwise signal or stop what it is watched by (kill(2): the
# same user), even though it has no capability itself.
#
#     sh as-stranger.sh +sys_ptrace,+sys_nice COMMAND ARGUMENT…
user=61000
capabilities=-all${1:+,$1}
shift

# A host's programs cannot change their user: they are all the one that its first process is.
while read -r key id _; do
  [ "$key" = Uid: ] && [ "$id" = "$user" ] && user=61001
done < /proc/1/status

exec setpriv --reuid "$user" --regid "$user" --clear-groups \
  --inh-caps="$capabilities" --ambient-caps="$capabilities" --bounding-set="$capabilities" "$@"
