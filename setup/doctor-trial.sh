# What the instruments need of the engine and its kernel, tried out: in a probe's container, with a probe's privileges, on a network
# that has nobody else on it.
# shellcheck shell=bash disable=SC2034,SC2154 # the parts share variables

trial=       # name of the network and of the container
probe_image= # what it runs
results=     # what trial-in-probe.sh has printed

check_network() {
  trial=socketlab-doctor-$$-$RANDOM
  found='the engine makes internal networks'
  ipv6_problem=
  create_network "$trial" --ipv6 --subnet "$(prefix_of "$trial")" && return
  ipv6_problem=$problem
  create_network "$trial" && return
  found="the engine cannot make a network: $problem"
  remedy='its log says more; often the kernel lacks what iptables(8) needs'
  return 1
}

check_ipv6() {
  found='a network can have IPv6'
  [[ ! $ipv6_problem ]] && return
  found='labs have IPv4 alone, as LAB_IPV6 says'
  case $(setting LAB_IPV6) in off | false) return ;; esac
  found="no network can have IPv6: $ipv6_problem"
  remedy='without it a lab has IPv4 alone: LAB_IPV6=off in .env, see docs/networks.md'
  return 1
}

# Runs all trials in one container, as each takes half a second to start. Nothing is pulled.
check_probe() {
  results=$(
    within 60 docker run --pull never --rm --init --name "$trial" --network "$trial" \
      --label "socketlab.owner=$(owner)" --read-only --tmpfs /run \
      --cap-drop ALL --cap-add NET_ADMIN --cap-add NET_RAW --cap-add SYS_PTRACE --cap-add BPF --cap-add PERFMON \
      "$probe_image" sh -c "$(<setup/trial-in-probe.sh)" 2>&1
  ) && found='a container with the privileges of a probe runs' && return
  found="a container with the privileges of a probe fails: ${results//$'\n'/ }"
  remedy='see the log of the engine'
  return 1
}

check_iptables() {
  found="probes use $(result_of iptables); the rules of the engine: $(result_of engine)"
  remedy='the kernel needs nf_tables, or the module ip_tables'
  [[ $(result_of iptables) == iptables* ]]
}

check_queues_ipv4() {
  check_result queues-ipv4 'a packet can be queued to a program (NFQUEUE), over IPv4' \
    'faults need it: "sudo modprobe nfnetlink_queue xt_NFQUEUE" on the machine of the engine, or a kernel that has them'
}

check_queues_ipv6() {
  check_result queues-ipv6 'a packet can be queued to a program (NFQUEUE), over IPv6' \
    'faults over IPv6 need it: "sudo modprobe ip6_tables xt_NFQUEUE" on the machine of the engine, or a kernel that has them'
}

check_tracing() {
  found='the kernel takes the BPF programs that trace calls'
  [[ $(result_of bpf) == ok ]] && return
  check_result tracing "calls are traced with strace, which slows programs down, and not with BPF: $(result_of bpf)" \
    'calls cannot be shown without: /proc/sys/kernel/yama/ptrace_scope must be below 3, and seccomp must allow ptrace(2)'
}

# check_result NAME FOUND REMEDY
check_result() {
  found=$2 remedy=$3
  [[ $(result_of "$1") == ok ]] && return
  found=$(result_of "$1")
  return 1
}

result_of() {
  sed -n "s/^$1: //p" <<<"$results"
}

end_trial() {
  [[ $trial ]] || return 0
  docker rm --force "$trial" >/dev/null 2>&1 || true
  docker network rm "$trial" >/dev/null 2>&1 || true
  trial=
}
