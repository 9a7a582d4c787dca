# Runs in a host, in front of its program: waits until the host is traced, so that nothing of the program is missed, and then
# becomes the program. Without a trace it goes on after 30 s, as a host that is started again must not hang; or it ends, where the
# program may not run without what its tracer brings.
#
#     /.socketlab/loader --library-path /.socketlab /.socketlab/dash /.socketlab/gate.sh goes-on|ends PROGRAM ARGUMENT…
here=/.socketlab
without_trace=$1
shift

# From outside of this container, a tracer does not show as one, and says so.
told=
trap 'told=yes' USR1

traced() {
  [ "$told" ] && return
  while read -r key value; do
    [ "$key" = TracerPid: ] && { [ "$value" != 0 ]; return; }
  done < /proc/self/status
}

wait_a_little() { "$here/loader" --library-path "$here" "$here/sleep" 0.01; }

tries=0
until traced || [ "$tries" -ge 3000 ]; do
  wait_a_little
  tries=$((tries + 1))
done
if ! traced && [ "$without_trace" = ends ]; then
  echo 'This program must be isolated, and was not within 30 s' >&2
  exit 1
fi
# A tracer is named a moment before it stops its process for the first time.
wait_a_little
exec "$@"
