# Wrong: read fails at a line that does not end, and what it has read is not printed.
exec 3<> "/dev/tcp/$SERVER_HOST/$SERVER_PORT" || exit 1
if read -r -t 12 greeting <&3; then
  printf '%s\n' "$greeting"
else
  echo "no greeting" >&2
  exit 1
fi
