"""Pings ADDRESS once, IPv4 or IPv6, and prints how many milliseconds the answer took. Needs no privilege (icmp(7), ping_group_range)."""
import socket
import struct
import sys
import time

ECHO_REQUEST, ECHO_REQUEST_6 = 8, 128
TIMEOUT_S = 10

address = sys.argv[1]
is_ipv6 = ":" in address
family = socket.AF_INET6 if is_ipv6 else socket.AF_INET
protocol = socket.IPPROTO_ICMPV6 if is_ipv6 else socket.IPPROTO_ICMP
message = b"ping"


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def request(sum):
    # The kernel puts its own identifier in, and over IPv6 the checksum.
    return struct.pack("!BBHHH", ECHO_REQUEST_6 if is_ipv6 else ECHO_REQUEST, 0, sum, 0, 1) + message


with socket.socket(family, socket.SOCK_DGRAM, protocol) as ping:
    ping.settimeout(TIMEOUT_S)
    began = time.monotonic()
    ping.sendto(request(checksum(request(0))), (address, 0))
    ping.recvfrom(100)
    print(round((time.monotonic() - began) * 1000, 1))
