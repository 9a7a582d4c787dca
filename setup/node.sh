# Node and the npm packages. Node 26 is one of them; the machine's own Node only installs them.
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
  # The only install script that runs is the one that fetches Node; older npm does not know `allowScripts`.
  step 'install the npm packages' npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  step 'install Node 26' npm rebuild node --loglevel=error
  cp package-lock.json node_modules/.socketlab-lock
}
