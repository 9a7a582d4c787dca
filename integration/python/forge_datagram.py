"""Sends PAYLOAD to TARGET over UDP, once as if from each of SOURCES. All are ADDRESS:PORT, IPv4; 0.0.0.0 is this host itself."""
import os
import socket
import struct

PAYLOAD = os.environ["PAYLOAD"].encode()
TIME_TO_LIVE = 64
NO_CHECKSUM = 0


def parse(endpoint):
    address, port = endpoint.split(":")
    return address, int(port)


target_address, target_port = parse(os.environ["TARGET"])
# With IPPROTO_RAW the program writes the IP header itself; the kernel fills in length, checksum, and an address of 0 (raw(7)).
with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
    for source in os.environ["SOURCES"].split():
        address, port = parse(source)
        addresses = socket.inet_aton(address) + socket.inet_aton(target_address)
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 0, 0, 0, TIME_TO_LIVE, socket.IPPROTO_UDP, 0)
        udp = struct.pack("!HHHH", port, target_port, 8 + len(PAYLOAD), NO_CHECKSUM)
        raw.sendto(ip + addresses + udp + PAYLOAD, (target_address, 0))
        print("forged a datagram from", source, "to", os.environ["TARGET"])
