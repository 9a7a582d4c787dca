# Wrong: nc serves one client, and there is no loop.
printf %s "$GREETING" | nc -l -N "$HOST" "$PORT"
