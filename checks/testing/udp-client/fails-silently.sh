# Wrong: it fails without a word.
for timeout in 1 2 4; do
  reply=$(printf %s "$MESSAGE" | socat -T "$timeout" - "UDP4:$SERVER_HOST:$SERVER_PORT" 2> /dev/null)
  if [ "$reply" = "Echo: $MESSAGE" ]; then
    echo "$reply"
    exit 0
  fi
done
exit 1
