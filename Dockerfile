# The four roles and the probe, one target each: `docker build --target tcp-server -t socketlab/tcp-server .`
#
#     NODE_IMAGE ──▶ dependencies
#          ├───────▶ host ◀── node_modules, compiled      shared by all four
#          │          └──▶ tcp-server | tcp-client | udp-echo-server | udp-client
#          ├───────▶ bpf ──▶ loader, calls.bpf.o
#          └───────▶ probe ◀──────┘

ARG NODE_IMAGE=node:26-trixie-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /socketlab
COPY package.json package-lock.json .npmrc ./
COPY services/package.json services/
# Only what the services need: the instruments, with all that they stand on, stay outside.
RUN npm ci --workspace services --omit=dev --ignore-scripts --loglevel=error

FROM ${NODE_IMAGE} AS base
WORKDIR /socketlab
ENV NODE_ENV=production NODE_COMPILE_CACHE=/socketlab/compiled
# Readable for every user, also from a clone that is not.
COPY --chmod=755 package.json ./
COPY --from=dependencies /socketlab/node_modules node_modules
COPY --chmod=755 services/shared services/shared

# What Node has compiled once need not be compiled at each start: services take half of the time.
FROM base AS compiled
COPY --chmod=755 services services
RUN install --directory --owner=1000 compiled
# The user `node` of the official image, by number: another image may not have the name.
USER 1000:1000
RUN for role in tcp-server tcp-client udp-echo-server udp-client; do \
    node services/$role/main.ts --help || exit; \
  done

FROM base AS host
COPY --chmod=755 --chown=0:0 --from=compiled /socketlab/compiled compiled
USER 1000:1000
STOPSIGNAL SIGTERM
# In memory, and there in every container, also in one that can write nowhere else; see services/shared/health.ts.
ENV HEALTH_FILE=/dev/shm/healthy
# Each look is 30 to 60 ms of a processor for the engine: so it looks often only until a host is up. While a host is paused a look
# fails, so that one alone says nothing.
HEALTHCHECK --interval=30s --timeout=30s --start-period=30s --start-interval=250ms --retries=2 \
  CMD ["test", "/dev/shm/healthy", "-nt", "/proc/self"]

FROM host AS tcp-server
LABEL socketlab.role=tcp-server
COPY --chmod=755 services/tcp-server services/tcp-server
ENTRYPOINT ["node", "services/tcp-server/main.ts"]

FROM host AS tcp-client
LABEL socketlab.role=tcp-client
COPY --chmod=755 services/tcp-client services/tcp-client
ENTRYPOINT ["node", "services/tcp-client/main.ts"]

FROM host AS udp-echo-server
LABEL socketlab.role=udp-echo-server
COPY --chmod=755 services/udp-echo-server services/udp-echo-server
ENTRYPOINT ["node", "services/udp-echo-server/main.ts"]

FROM host AS udp-client
LABEL socketlab.role=udp-client
COPY --chmod=755 services/udp-client services/udp-client
ENTRYPOINT ["node", "services/udp-client/main.ts"]

# What traces socket calls in the kernel, and its loader: compiled here, so that no compiler is in the probe.
FROM ${NODE_IMAGE} AS bpf
RUN apt-get update \
  && apt-get install --yes --no-install-recommends clang libbpf-dev libc6-dev \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /bpf
COPY lab/in-probe/trace/bpf ./
RUN case $(uname -m) in aarch64) target=arm64 ;; *) target=x86 ;; esac \
  && clang -O2 -Wall loader.c hosts.c waiting.c limits.c gate.c output.c -lbpf -o loader \
  && clang -target bpf -mcpu=v3 -g -O2 -Wall -D__TARGET_ARCH_$target -I/usr/include/$(uname -m)-linux-gnu -c calls.bpf.c -o calls.bpf.o

# Every privilege is in a probe: it joins the namespaces of a host, with the instruments that a host does not have.
FROM ${NODE_IMAGE} AS probe
RUN apt-get update \
  && apt-get install --yes --no-install-recommends iproute2 iptables libbpf1 socat strace util-linux-extra \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /socketlab
COPY --chmod=755 package.json ./
# What a host waits with until it is traced: two programs, and the loader and the library that run them in any image.
COPY --chmod=755 lab/in-probe/trace/gate.sh /.socketlab/
RUN cp --dereference /usr/bin/dash /usr/bin/sleep /lib/*-linux-gnu/libc.so.6 /.socketlab \
  && cp --dereference /lib/*-linux-gnu/ld-linux*.so.? /.socketlab/loader
# Of lab/, what .dockerignore lets through; see lab/in-probe/README.md.
COPY --chmod=755 lab lab
COPY --from=bpf /bpf/loader /bpf/calls.bpf.o lab/in-probe/trace/bpf/
# As above. And no signal opens a debugger at a port that the host's programs reach.
ENV NODE_COMPILE_CACHE=/socketlab/compiled NODE_OPTIONS=--disable-sigusr1
RUN cd lab/in-probe \
  && node connect.ts '{"addresses":[]}' \
  && node --experimental-ffi wire/main.ts --help \
  && node --experimental-ffi observer/main.ts --help \
  && chmod 1777 "$NODE_COMPILE_CACHE"
# What is compiled is kept for each user; see as-stranger.sh.
USER 61000:61000
RUN node lab/in-probe/trace/main.ts --help
USER root
# Calls that no probe needs, although its capabilities allow them: opening any file of the machine by its handle (the number is that of
# the x32 ABI, seccomp(2)), or by watching all files, reading the kernel's log, writing to the memory of another process. Docker's own
# profile holds as well.
ENTRYPOINT ["enosys", "--syscall=open_by_handle_at", "--syscall=1073742128", "--syscall=fanotify_init", "--syscall=syslog", \
  "--syscall=process_vm_writev", "--"]
