# Wrong: without quotes the shell divides the message into words, and takes "*" for the names of files.
for timeout in 1 2 4; do
  reply=$(echo -n $MESSAGE | socat -T "$timeout" - "UDP4:$SERVER_HOST:$SERVER_PORT" 2> /dev/null)
  if [ "$reply" = "Echo: $MESSAGE" ]; then
    echo "$reply"
    exit 0
  fi
done
echo "no reply" >&2
exit 1
