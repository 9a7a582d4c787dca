# Packages of the distribution, where that is Debian or Ubuntu.
# shellcheck shell=bash disable=SC2034 # the parts share variables

# "debian 12", "ubuntu 24.04", or the name of another system.
distribution=$(
  # shellcheck source=/dev/null
  if [[ -r /etc/os-release ]]; then . /etc/os-release; fi
  echo "${ID-$(uname -s)} ${VERSION_ID-}"
)

is_debian() {
  [[ $distribution == debian* ]]
}

has_apt() {
  is_debian || [[ $distribution == ubuntu* ]]
}

# The package with a part of Docker; Docker's own packages have other names.
docker_package() {
  if dpkg --status docker-ce-cli >/dev/null 2>&1; then
    echo "docker-$1-plugin"
    return
  fi
  case "$distribution $1" in
    *engine | ubuntu*client) echo docker.io ;;
    *client) echo docker-cli ;;
    ubuntu*compose) echo docker-compose-v2 ;;
    *) echo "docker-$1" ;;
  esac
}

# packages_origin PACKAGE...: which other release they are taken from, as a part of a sentence; nothing for this one.
packages_origin() {
  case "$distribution $*" in
    debian*-plugin) ;;
    'debian 12 '*docker*) echo ', from Debian 13' ;;
  esac
}

# apt_install PURPOSE PACKAGE...
apt_install() {
  local origin purpose=$1
  shift
  has_apt || fail "Cannot install packages on $distribution, only on Debian or Ubuntu. Please install: $purpose"
  origin=$(packages_origin "$@")
  consent "install $*$origin"
  authorize "install $purpose"
  # A source that cannot be read, perhaps not even one of Debian, must not prevent the rest.
  patiently 'read the package lists' as_root apt-get update || true
  if [[ $origin ]]; then step 'add Debian 13 to the package sources' add_trixie; fi
  step "install $purpose" apt_get_install "$@"
}

# Once begun, an installation is completed whatever happens: half of one can leave a machine on which apt
# refuses to work. One that was interrupted, as by a power cut, is completed first.
apt_get_install() {
  trap '' TERM
  as_root dpkg --configure -a &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
      -o DPkg::Lock::Timeout=300 "$@"
}

# debian_archive [LABEL]: the archive that this machine takes its Debian packages from, or with Debian-Security their security updates;
# nothing on Ubuntu.
debian_archive() {
  apt-get indextargets --format "\$(REPO_URI)" \
    'Created-By: Packages' "Label: ${1-Debian}" 'Component: main' | sed -n 1p
}

# Debian 12's Docker is too old; Debian 13's installs cleanly there. The low priority keeps every
# other package at its own version. What is installed gets its security updates from Debian 13, too.
add_trixie() {
  local security
  security=$(debian_archive Debian-Security)
  as_root tee /etc/apt/preferences.d/socketlab-trixie <<'END' || return
Package: *
Pin: release n=trixie*
Pin-Priority: 100

Package: docker.io docker-cli docker-compose docker-buildx containerd
Pin: release n=trixie*
Pin-Priority: 500
END
  {
    trixie_source trixie "$(debian_archive)"
    [[ ! $security ]] || trixie_source trixie-security "$security"
  } | as_root tee /etc/apt/sources.list.d/socketlab-trixie.sources || return
  as_root apt-get update
}

# trixie_source SUITE ARCHIVE, in the format of sources.list(5); the empty line ends it.
trixie_source() {
  cat <<END
Types: deb
URIs: $2
Suites: $1
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

END
}
