/* Hosts and their processes. */
#pragma once
#include "maps.h"

static __always_inline struct host *host_of(struct task_struct *task) {
  __u32 mounts = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
  return bpf_map_lookup_elem(&hosts, &mounts);
}

/* Whether it makes the calls of a program of 32 bits, which have other numbers and are not traced. */
static __always_inline bool is_32_bit(struct task_struct *task) {
  return IS_32_BIT(task->thread_info);
}

/* As the host numbers it. */
static __always_inline __u32 pid_of(struct task_struct *task) {
  struct pid *pid = BPF_CORE_READ(task, group_leader, thread_pid);
  struct upid upid = {};
  __u32 level = BPF_CORE_READ(pid, level);
  bpf_core_read(&upid, sizeof upid, &pid->numbers[level]);
  return upid.nr;
}

/* Tells a process that has not been told since it began, or became another program. */
static __always_inline void tell_process(struct task_struct *task, struct host *host) {
  __u32 tgid = BPF_CORE_READ(task, tgid);
  bool is_current = tgid == (__u32)(bpf_get_current_pid_tgid() >> 32);
  __u32 place = is_current ? 0 : 1;
  struct told_process *telling_now = bpf_map_lookup_elem(&telling, &place);
  __u32 *told_to = bpf_map_lookup_elem(&told, &tgid);
  if (!telling_now || (told_to && *told_to == host->number)) return;
  bpf_map_update_elem(&told, &tgid, &host->number, BPF_ANY);
  struct process *process = &telling_now->process;
  __builtin_memset(process, 0, sizeof *process);
  process->header.kind = RECORD_PROCESS;
  process->header.host = host->number;
  process->tgid = tgid;
  process->pid = pid_of(task);
  bpf_core_read_str(process->name, sizeof process->name, &task->group_leader->comm);
  struct task_struct *parent = BPF_CORE_READ(task, group_leader, real_parent);
  for (int i = 0; i < ANCESTORS_MAX && host_of(parent) == host; i++) {
    process->ancestors[i] = pid_of(parent);
    parent = BPF_CORE_READ(parent, group_leader, real_parent);
  }
  __u32 length = 0;
  if (is_current) {
    __u64 start = BPF_CORE_READ(task, mm, arg_start);
    length = smaller(BPF_CORE_READ(task, mm, arg_end) - start, ARGUMENTS_MAX);
    if (bpf_probe_read_user(telling_now->arguments, length, (void *)start)) length = 0;
  }
  process->arguments_bytes = length;
  __u32 bytes = (sizeof *process + length + 7) & ~7u;
  process->header.bytes = bytes;
  if (bytes <= sizeof *telling_now) tell(host, telling_now, bytes);
}
