# Wrong: echo adds a newline.
exec socat "TCP4-LISTEN:$PORT,bind=$HOST,reuseaddr,fork" SYSTEM:'echo "$GREETING"'
