# Runs in a probe, in front of its command: has the host reach nothing but the hosts of its own networks. Without it a host of an
# internal network still reaches this machine: by the gateway's address, link-local, by multicast and broadcast, and every other
# address of it from a socket that is bound to the interface (SO_BINDTODEVICE, socket(7)).
#
#     sh isolate.sh 172.20.0.0/16,172.20.0.1 fd50:1::/64,fd50:1::1 -- COMMAND ARGUMENT…
rules() {
  pattern=$1
  shift
  printf '%s\n' '*filter' '-A OUTPUT -o lo -j ACCEPT' "$@"
  for network in $networks; do
    case $network in
      $pattern) printf '%s\n' "-A OUTPUT -d ${network#*,} -j DROP" "-A OUTPUT -d ${network%,*} -j ACCEPT" ;;
    esac
  done
  printf '%s\n' '-A OUTPUT -j DROP' COMMIT
}

networks=
while [ "$1" != -- ]; do
  networks="$networks $1"
  shift
done
shift

rules '*.*' '-A OUTPUT -m addrtype ! --dst-type UNICAST -j DROP' | iptables-restore --noflush || exit
# Not where the kernel was started without IPv6. Neighbours are discovered by multicast (RFC 4861); a program can send echo requests.
if [ -e /proc/net/if_inet6 ]; then
  rules '*:*' '-A OUTPUT -p icmpv6 -m icmp6 ! --icmpv6-type echo-request -j ACCEPT' | ip6tables-restore --noflush || exit
fi
exec "$@"
