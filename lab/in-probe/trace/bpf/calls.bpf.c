/*
 * Runs in the kernel: tells the socket calls of the programs of some hosts, and the sockets that these have open.
 *
 *     sys_enter ──▶ open ──▶ sys_exit ──▶ events ──▶ loader
 *                    └─────── those that wait ─────────▲
 *
 * Each call of each program on the machine comes by here, so what is of no interest is left as early as can be.
 */
#include "begun.h"
#include "kernel.h"
#include "maps.h"
#include "processes.h"
#include "returned.h"
#include "sockets.h"

#define TASK_INTERRUPTIBLE 1
#define SIGKILL 9
#define SIGNAL_OF(exit_code) ((exit_code) & 0x7f)

char LICENSE[] SEC("license") = "GPL";

static __always_inline struct traced *traced_call(__u32 number) {
  struct traced *traced = bpf_map_lookup_elem(&traced_calls, &number);
  return traced && traced->call != CALL_none ? traced : NULL;
}

/* Notes a call that has begun, for its end. @returns whether it is of interest */
static __always_inline bool note_call(struct task_struct *task, struct host *host, struct traced *traced, struct call *call) {
  call->call = traced->call;
  if (!is_of_interest(task, call)) return false;
  call->header.host = host->number;
  call->header.bytes = sizeof *call;
  call->header.kind = RECORD_WAITING;
  call->pid = pid_of(task);
  call->tid = task->pid;
  call->switches = task->nvcsw;
  read_request(task, call, traced->shape);
  if (bpf_map_update_elem(&open_calls, &call->tid, call, BPF_ANY)) __sync_fetch_and_add(&host->missed, 1);
  return true;
}

SEC("tp_btf/sys_enter")
int BPF_PROG(enter, struct pt_regs *regs, long number) {
  struct traced *traced = traced_call(number);
  if (!traced) return 0;
  struct task_struct *task = bpf_get_current_task_btf();
  struct host *host = host_of(task);
  if (!host || is_32_bit(task)) return 0;
  struct call call = { .at_ns = bpf_ktime_get_ns(), .arguments = SYSCALL_ARGUMENTS(regs) };
  if (note_call(task, host, traced, &call)) tell_process(task, host);
  return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(leave, struct pt_regs *regs, long result) {
  __u64 now = bpf_ktime_get_ns();
  __u32 zero = 0;
  struct traced *traced = traced_call(SYSCALL_NUMBER(regs));
  if (!traced) return 0;
  struct task_struct *task = bpf_get_current_task_btf();
  __u32 tid = task->pid;
  struct call *open = bpf_map_lookup_elem(&open_calls, &tid);
  struct returned *returned = bpf_map_lookup_elem(&returning, &zero);
  if (!open || !returned) return 0;
  struct call *call = &returned->call;
  *call = *open;
  /* Before it is told: what waits and what has returned are told in this order. */
  bpf_map_delete_elem(&open_calls, &tid);
  struct host *host = host_of(task);
  if (!host || call->call != traced->call) return 0;
  call->header.kind = RECORD_RETURNED;
  call->took_ns = now - call->at_ns;
  call->result = result;
  if (is_idle_try(task, call, traced->way)) return 0;
  read_outcome(task, call);
  read_data(returned, traced->shape);
  __u32 bytes = (size_of(call) + 7) & ~7u;
  call->header.bytes = bytes;
  if (bytes <= sizeof *returned) tell(host, returned, bytes);
  return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(execute, struct task_struct *task, int old_pid) {
  struct host *host = host_of(task);
  if (!host) return 0;
  __u32 tgid = task->tgid, tid = old_pid;
  bpf_map_delete_elem(&open_calls, &tid);
  bpf_map_delete_elem(&told, &tgid);
  tell_process(task, host);
  return 0;
}

/* What a program leaves running is killed when its host ends. */
static __always_inline void tell_killed(struct task_struct *task) {
  struct host *host = SIGNAL_OF(task->exit_code) == SIGKILL ? host_of(task) : NULL;
  if (!host) return;
  struct count killed = { { sizeof killed, RECORD_KILLED, 0, host->number }, pid_of(task) };
  tell(host, &killed, sizeof killed);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(end, struct task_struct *task) {
  __u32 tgid = task->tgid, tid = task->pid;
  bpf_map_delete_elem(&open_calls, &tid);
  if (tgid != tid) return 0;
  bpf_map_delete_elem(&told, &tgid);
  tell_killed(task);
  return 0;
}

/* Notes the call that a thread has been blocked in since before the trace. */
static __always_inline void note_blocked(struct task_struct *task, struct host *host) {
  if (task->__state != TASK_INTERRUPTIBLE || is_32_bit(task)) return;
  unsigned long switches = task->nvcsw;
  struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(task);
  struct traced *traced = traced_call(SYSCALL_NUMBER(regs));
  if (!traced) return;
  struct call call = { .at_ns = bpf_ktime_get_ns(), .arguments = SYSCALL_ARGUMENTS(regs) };
  if (!note_call(task, host, traced, &call)) return;
  /* If it has gone on meanwhile, it may be out of that call. */
  if (task->__state != TASK_INTERRUPTIBLE || task->nvcsw != switches) bpf_map_delete_elem(&open_calls, &call.tid);
}

/* Of hosts that have just been added: their processes, and the calls that these are in. */
SEC("iter/task")
int present_processes(struct bpf_iter__task *context) {
  struct task_struct *task = context->task;
  struct host *host = task ? host_of(task) : NULL;
  if (!host || !host->is_new) return 0;
  if (task->pid == task->tgid) tell_process(task, host);
  note_blocked(task, host);
  return 0;
}

static __always_inline bool is_ring(struct file *file) {
  char name[12] = {};
  const unsigned char *text = BPF_CORE_READ(file, f_path.dentry, d_name.name);
  bpf_probe_read_kernel_str(name, sizeof name, text);
  return __builtin_memcmp(name, "[io_uring]", 11) == 0;
}

/* And the sockets that these have open. */
SEC("iter/task_file")
int present_sockets(struct bpf_iter__task_file *context) {
  struct task_struct *task = context->task;
  struct file *file = context->file;
  struct host *host = task && file ? host_of(task) : NULL;
  if (!host || !host->is_new) return 0;
  struct call call = { .at_ns = host->since_ns, .header = { .kind = RECORD_PRESENT, .bytes = sizeof call } };
  call.took_ns = bpf_ktime_get_ns() - host->since_ns;
  if (is_ring(file)) call.call = CALL_io_uring_setup;
  else if (!read_socket(file, context->fd, &call.socket)) return 0;
  read_queues(file, &call.socket);
  call.header.host = host->number;
  call.pid = pid_of(task);
  call.tid = BPF_CORE_READ(task, tgid);
  tell(host, &call, sizeof call);
  return 0;
}
