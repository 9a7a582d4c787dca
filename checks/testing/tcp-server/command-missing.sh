# Wrong: the command that serves is not installed, which the script learns when it calls it.
ncat-server --keep-open --listen "$HOST" "$PORT" --send "$GREETING"
