# Node and the npm packages. Node 26 is one of them, with its checksum in package-lock.json; the machine's own Node only installs them.
# shellcheck shell=bash disable=SC2034 # the parts share variables

# `npm test` puts our Node first on the PATH. It may be half installed, so it is not used until everything is in place.
PATH=${PATH//"$PWD/node_modules/.bin:"/}

at_least() {
  printf '%s\n' "$1" "$2" | sort -V -C
}

have_node() {
  local found
  problem='Node 18 or later with npm is needed, but found none'
  found=$(node --version 2>/dev/null) || return
  problem="Node 18 or later with npm is needed, but found Node ${found#v}"
  at_least 18 "${found#v}" || return
  problem+=' without npm'
  command -v npm >/dev/null
}

get_node() {
  fail "$problem"
}

# Minimal Debian systems lack libraries that Node 26 is linked with.
have_libraries() {
  problem='libatomic1 and libstdc++6, which Node 26 needs, are not both installed'
  ! command -v dpkg >/dev/null || dpkg --status libatomic1 libstdc++6 >/dev/null 2>&1
}

get_libraries() {
  apt_install 'the libraries of Node 26' libatomic1 libstdc++6
}

# The copy of the lock file is written last, so that half an installation does not count.
have_packages() {
  problem='the npm packages of package-lock.json are not installed'
  cmp -s package-lock.json node_modules/.socketlab-lock
}

get_packages() {
  rm -rf node_modules
  # No install script runs; older npm does not know `allowScripts`.
  step 'install the npm packages' npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  [[ -x node_modules/.bin/node ]] ||
    fail "Cannot install Node 26 on $(uname -sm): there is a package of it for Linux on x86_64 and aarch64"
  cp package-lock.json node_modules/.socketlab-lock
}
