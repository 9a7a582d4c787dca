#!/bin/sh
# Runs in a probe's container on an empty network: tries what the instruments do, and prints a line for each trial, "NAME: ok" or
# "NAME: " and why not.

set -f

queue() {
  "$1" -A INPUT -i lo -p udp --dport 9 -j NFQUEUE --queue-num 50 --queue-bypass 2>&1
}

# Which iptables the engine has made its rules with, those for its name server; newer engines use nft(8) instead.
engine() {
  if iptables-nft -t nat -S 2>/dev/null | grep -q DOCKER; then echo nf_tables
  elif iptables-legacy -t nat -S 2>/dev/null | grep -q DOCKER; then echo legacy
  else echo none; fi
}

# Waits for a background job to begin its work, or to end.
wait_for() {
  while kill -0 "$1" && ! eval "$2"; do sleep 0.1; done 2>/dev/null
  eval "$2" 2>/dev/null
}

# report NAME TEXT, on one line
report() {
  echo "$1:" $2
}

report iptables "$(iptables --version 2>&1)"
report engine "$(engine)"

# The program of the wire says that it is ready when it has the queue.
node --experimental-ffi --disable-warning=ExperimentalWarning lab/in-probe/wire/main.ts >/run/wire 2>&1 &
wire=$!
if wait_for $wire 'grep -q ready /run/wire'; then bound=; else bound=$(cat /run/wire); fi
for family in 4 6; do
  command=iptables
  [ $family = 4 ] || command=ip6tables
  set -- $bound $(queue $command)
  report queues-ipv$family "${*:-ok}"
done
kill $wire 2>/dev/null

# It ends with its standard input.
bpf=$(cd lab/in-probe/trace/bpf && ./loader calls.bpf.o 2>&1 </dev/null)
report bpf "${bpf:-ok}"

sleep 60 &
target=$!
strace -qq -o /run/calls -p $target 2>/run/strace &
tracer=$!
if wait_for $tracer "! grep -q '^TracerPid:.0$' /proc/$target/status"; then
  report tracing ok
else
  report tracing "$(cat /run/strace)"
fi
kill $tracer $target 2>/dev/null
exit 0
