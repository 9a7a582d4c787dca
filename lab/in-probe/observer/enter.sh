# Runs in the namespaces of a host, in front of a program that is to look at it: mounts what shows those namespaces, and goes on with
# no capability but the named ones.
#
#     nsenter … unshare --mount … sh enter.sh net_raw,sys_ptrace COMMAND ARGUMENT…
mount -t sysfs sysfs /sys && mount -t proc proc /proc || exit
# Files of its own: programs beside two hosts may have the same process id.
mount -t tmpfs -o size=1m tmpfs /tmp || exit
capabilities=-all${1:+,+$(echo "$1" | sed 's/,/,+/g')}
shift
exec setpriv --bounding-set="$capabilities" "$@" 3>&- 4>&-
