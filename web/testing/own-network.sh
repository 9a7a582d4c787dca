#!/bin/sh
# What Playwright starts in place of the browser, with the browser's arguments.
exec unshare $SOCKETLAB_UNSHARE --net -- "$SOCKETLAB_NODE" "$SOCKETLAB_OWN_NETWORK" "$SOCKETLAB_PROXY" "$SOCKETLAB_BROWSER" "$@"
