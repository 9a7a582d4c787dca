# Wrong: printf takes the greeting as a format.
exec socat -U "TCP4-LISTEN:$PORT,bind=$HOST,reuseaddr,fork,backlog=128" SYSTEM:'printf \"$GREETING\"'
