"""Sends its first argument as a datagram to each other one, as in `192.0.2.1:9000` or `[fe80::1]:9000`, from a socket bound to eth0."""

import socket
import sys

text, *destinations = sys.argv[1:]
for destination in destinations:
    host, port = destination.rsplit(":", 1)
    is_ipv6 = host.startswith("[")
    sender = socket.socket(socket.AF_INET6 if is_ipv6 else socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    scope = (0, socket.if_nametoindex("eth0")) if is_ipv6 else ()
    try:
        sender.sendto(f"{text} {destination}".encode(), (host.strip("[]"), int(port), *scope))
    except OSError as error:
        print(destination, error)
