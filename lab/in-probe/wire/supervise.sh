# Runs in the probe of a wire, in front of its program. If that is killed, for example as it takes more memory than the probe has, the
# same program is started once more with `--killed`: the host's packets pass, and whoever asks is told why.
#
#     sh supervise.sh PROGRAM ARGUMENT…
"$@" &
wire=$!
trap 'kill "$wire"' TERM INT

wait "$wire"
code=$?
# A signal ends the first wait, not the program.
while kill -0 "$wire" 2> /dev/null; do
  wait "$wire"
  code=$?
done
# 128 and the number of the signal (dash(1)).
[ "$code" -gt 128 ] || exit "$code"
exec "$@" --killed
