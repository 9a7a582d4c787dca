# Whose a network or a container of the set-up is, for "sweep" to find it when this process was killed.
# shellcheck shell=bash

# Prints this process as lab/engine/owner.ts does.
owner() {
  local boot namespace stat
  read -r boot </proc/sys/kernel/random/boot_id
  namespace=$(readlink "/proc/$$/ns/pid")
  read -r stat <"/proc/$$/stat"
  # The name of the program, in parentheses, may have spaces.
  read -ra stat <<<"${stat##*) }"
  echo "$boot:${namespace//[^0-9]/}:$$:${stat[19]}"
}
