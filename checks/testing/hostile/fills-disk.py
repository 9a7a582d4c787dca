"""Writes one file after the other, also to a volume: here a little more than it may, and in earnest until the disk is full."""

import os
import signal

MIB = 1024 * 1024

for folder in ("/tmp", "/volume"):
    for number in range(3):
        with open(f"{folder}/{number}", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, 64 * MIB)
signal.pause()
