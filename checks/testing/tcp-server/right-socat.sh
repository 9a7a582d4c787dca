# Right: socat starts a process for each client.
exec socat -U "TCP4-LISTEN:$PORT,bind=$HOST,reuseaddr,fork,backlog=128" SYSTEM:'printf %s \"$GREETING\"'
