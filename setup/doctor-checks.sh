# The checks of the doctor. Each says in `found` what it has found, and in `remedy` what helps where that is not enough.
# shellcheck shell=bash disable=SC2034,SC2154 # the parts share variables

MIN_PROCESSORS=2
MIN_MEMORY_MIB=1800 # 2 GB, of which the kernel keeps some to itself

check_system() {
  found="$(uname -s) $(uname -r) on $(uname -m), $distribution"
  remedy='socketlab needs Linux; on Windows, run it in WSL 2'
  [[ $(uname -s) == Linux ]]
}

# Those of the engine, which may run on another machine or in a virtual one.
check_resources() {
  local processors='' memory=''
  read -r processors memory < <(within 10 docker info --format '{{.NCPU}} {{.MemTotal}}' 2>/dev/null) || true
  if ! ((${processors:-0})); then
    processors=$(getconf _NPROCESSORS_ONLN)
    memory=$(($(getconf _PHYS_PAGES) * $(getconf PAGESIZE)))
  fi
  ((memory /= 1024 * 1024))
  found="$processors processors, $memory MiB of memory"
  remedy="$MIN_PROCESSORS processors and 2 GB of memory are needed for four hosts and their probes"
  ((processors >= MIN_PROCESSORS && memory >= MIN_MEMORY_MIB))
}

check_libraries() {
  found='libatomic1 and libstdc++6, which Node 26 is linked with'
  remedy='"./socketlab setup" installs them'
  have_libraries || found_problem
}

check_node() {
  found="Node $(node --version 2>/dev/null), which installs the npm packages"
  remedy='install it from your distribution or from nodejs.org'
  have_node || found_problem
}

check_packages() {
  found='those of package-lock.json, among them Node 26'
  remedy='"./socketlab setup" installs them into node_modules'
  have_packages || found_problem
}

check_docker() {
  found='client, Compose and Buildx are installed'
  have_parts && return
  found_problem || remedy=$(parts_remedy)
  return 1
}

parts_remedy() {
  local part packages=''
  if ! has_apt; then
    echo "install Docker Engine $MIN_ENGINE or later, Compose and Buildx: https://docs.docker.com/engine/install"
    return
  fi
  for part in "${absent[@]}"; do packages+=" $(docker_package "$part")"; done
  # shellcheck disable=SC2086 # several words
  echo "\"./socketlab setup\" installs$packages$(packages_origin $packages)"
}

check_engine() {
  have_engine && found="Docker Engine $engine answers" && return
  found_problem || true
  if [[ $engine == *'permission denied'* ]]; then
    remedy=
  elif is_own_engine; then
    remedy='"./socketlab setup" starts it'
  else
    remedy="start the engine of $endpoint"
  fi
  return 1
}

check_versions() {
  found="Docker Engine $engine, Compose ${compose#v}"
  remedy='upgrade it, or remove it and run "./socketlab setup"'
  have_versions || found_problem
}

check_base_image() {
  remedy='"./socketlab setup" pulls it, or makes it where there is no registry'
  have_base_image || found_problem || return
  found=$image
}

# The image that a lab's instruments run in: the newest one.
check_probe_image() {
  probe_image=$(docker image ls --format '{{.Repository}}:{{.Tag}}' socketlab/probe | sed -n 1p)
  found=$probe_image
  [[ $probe_image ]] && return
  found='the image of the probes is built by the first capture, trace or fault'
  return 2
}

found_problem() {
  found=$problem
  return 1
}
