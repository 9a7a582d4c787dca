# Right: ncat reads to the end, and fails when nothing comes for 8 s.
exec ncat --recv-only --wait 8s --idle-timeout 8s "$SERVER_HOST" "$SERVER_PORT"
