#!/usr/bin/env bash
# Makes the root file system of a base image without a registry, from Debian packages and a local
# folder with Node and npm. It serves as node:26-trixie-slim does. Run as root.
#
#   root-filesystem.sh DIRECTORY LOCAL [MIRROR]
#
# LOCAL becomes /usr/local of the image. Debootstrap's own default is used where MIRROR is none that
# it can read (apt has others, such as mirror+file:).
set -euo pipefail
root=$1 local=$2 mirror=${3-}
[[ $mirror == http* ]] || mirror=

# What later `apt-get install`s in this image leave out, as in Debian's own slim images.
slim() {
  cat >"$root/etc/dpkg/dpkg.cfg.d/slim" <<'END'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
END
  echo 'APT::Keep-Downloaded-Packages "false";' >"$root/etc/apt/apt.conf.d/slim"
  find "$root/usr/share/doc" ! -type d ! -name copyright -delete
  find "$root/usr/share/doc" -type d -empty -delete
  rm -rf "$root"/usr/share/{info,locale,man}/* "$root"/var/cache/apt/* \
    "$root"/var/lib/apt/lists/* "$root"/var/log/*
}

# Behind a proxy that opens TLS, only the machine's own bundle lets a container reach a registry.
certificates() {
  local bundle=/etc/ssl/certs/ca-certificates.crt
  if [[ -f $bundle ]]; then cp "$bundle" "$root$bundle"; fi
}

# libatomic1 and libstdc++6 are for Node.
debootstrap --force-check-gpg --variant=minbase \
  --include=ca-certificates,libatomic1,libstdc++6 trixie "$root" ${mirror:+"$mirror"}
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node
cp -r "$local/." "$root/usr/local/"
certificates
slim
chroot "$root" node --version
