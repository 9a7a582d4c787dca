/*
 * Runs in the kernel: tells the socket calls of the programs of some hosts, and the sockets that these have open.
 *
 *     sys_enter ──▶ open ──▶ sys_exit ──▶ events ──▶ loader
 *                    └─────── those that wait ─────────▲
 *
 * Each call of each program on the machine comes by here, so what is of no interest is left as early as can be.
 */
#include "kernel.h"
#include "record.h"
#include "read-user.h"
#include "sockets.h"
#include "traced.h"

#define SOL_SOCKET 1
#define SO_ERROR 4
#define EAGAIN 11
#define TASK_INTERRUPTIBLE 1
#define EINPROGRESS 115
#define WAIT_MIN_NS 10000000
/* The loader is woken up for so much; else it looks by itself every few milliseconds. */
#define WAKE_BYTES (64 * 1024)
#define RING_BYTES (8 * 1024 * 1024)
#define OPEN_MAX 16384
#define HOSTS_MAX 4096
#define PROCESSES_MAX 8192

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, SYSTEM_CALLS_MAX);
  __type(key, __u32);
  __type(value, struct traced);
} traced_calls SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, HOSTS_MAX);
  __type(key, __u32);
  __type(value, struct host);
} hosts SEC(".maps");

/* The call that a thread is in. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, OPEN_MAX);
  __type(key, __u32);
  __type(value, struct call);
} open_calls SEC(".maps");

/* Processes that have been told, with the number of their host: it may have been removed and added again. */
struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, PROCESSES_MAX);
  __type(key, __u32);
  __type(value, __u32);
} told SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, RING_BYTES);
} events SEC(".maps");

struct returned {
  struct call call;
  struct shown shown;
  struct message messages[MESSAGES_MAX];
};

struct told_process {
  struct process process;
  char arguments[ARGUMENTS_MAX];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct returned);
} returning SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct told_process);
} telling SEC(".maps");

static __always_inline struct host *host_of(struct task_struct *task) {
  __u32 mounts = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
  return bpf_map_lookup_elem(&hosts, &mounts);
}

/* As the host numbers it. */
static __always_inline __u32 pid_of(struct task_struct *task) {
  struct pid *pid = BPF_CORE_READ(task, group_leader, thread_pid);
  struct upid upid = {};
  __u32 level = BPF_CORE_READ(pid, level);
  bpf_core_read(&upid, sizeof upid, &pid->numbers[level]);
  return upid.nr;
}

static __always_inline void tell(struct host *host, void *record, __u32 bytes) {
  __u64 flags = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) > WAKE_BYTES ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
  if (bpf_ringbuf_output(&events, record, bytes, flags)) __sync_fetch_and_add(&host->missed, 1);
}

/* Tells a process that has not been told since it began, or became another program. */
static __always_inline void tell_process(struct task_struct *task, struct host *host) {
  __u32 zero = 0, tgid = BPF_CORE_READ(task, tgid);
  struct told_process *telling_now = bpf_map_lookup_elem(&telling, &zero);
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
  if (tgid == (__u32)(bpf_get_current_pid_tgid() >> 32)) {
    __u64 start = BPF_CORE_READ(task, mm, arg_start);
    length = smaller(BPF_CORE_READ(task, mm, arg_end) - start, ARGUMENTS_MAX);
    if (bpf_probe_read_user(telling_now->arguments, length, (void *)start)) length = 0;
  }
  process->arguments_bytes = length;
  __u32 bytes = (sizeof *process + length + 7) & ~7u;
  process->header.bytes = bytes;
  if (bytes <= sizeof *telling_now) tell(host, telling_now, bytes);
}

/* Whether a call of `socket` is for TCP or UDP. */
static __always_inline bool makes_socket(const __u64 *arguments) {
  if (arguments[0] != AF_INET && arguments[0] != AF_INET6) return false;
  __u32 type = arguments[1] & 0xf, protocol = arguments[2];
  if (type == SOCK_STREAM) return protocol == 0 || protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP;
  return type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP);
}

/* Whether a call is one to tell, as far as its arguments show; its socket is read. */
static __always_inline bool is_of_interest(struct task_struct *task, struct call *call) {
  const __u64 *arguments = call->arguments;
  if (call->call >= CALL_io_uring_setup) return true;
  if (call->call == CALL_socket) return makes_socket(arguments);
  if (call->call == CALL_getsockopt && ((__u32)arguments[1] != SOL_SOCKET || (__u32)arguments[2] != SO_ERROR)) return false;
  if (read_socket(file_of(task, arguments[0]), arguments[0], &call->socket)) return true;
  return call->call == CALL_splice && read_socket(file_of(task, arguments[2]), arguments[2], &call->socket);
}

/* What is known of a message before it is sent or received. */
static __always_inline void read_message(struct call *call, __u64 pointer) {
  struct message_header header = {};
  if (bpf_probe_read_user(&header, sizeof header, (void *)pointer)) return;
  call->requested_bytes = room_of(header.vectors, header.vector_count);
  if (call->call != CALL_sendmsg) return;
  call->peer = address_at(header.name, header.name_length);
  call->segment_bytes = segment_bytes_in(header.control, header.control_length);
}

/* And of several. */
static __always_inline void read_request_of_many(struct call *call) {
  struct message_of_many one;
  for (int i = 0; i < MESSAGES_MAX && i < call->arguments[2]; i++) {
    if (bpf_probe_read_user(&one, sizeof one, (void *)(call->arguments[1] + i * sizeof one))) break;
    call->requested_bytes += room_of(one.header.vectors, one.header.vector_count);
  }
}

/* What a call asks for; the memory of a program may change before it returns. */
static __always_inline void read_request(struct task_struct *task, struct call *call, __u8 shape) {
  const __u64 *arguments = call->arguments;
  if (shape == BUFFER) call->requested_bytes = arguments[2];
  if (call->call == CALL_connect) call->peer = call->socket.remote;
  /* The memory of another program cannot be read from here. */
  if (task->pid != (__u32)bpf_get_current_pid_tgid()) return;
  if (call->call == CALL_bind || call->call == CALL_connect) call->peer = address_at(arguments[1], arguments[2]);
  if (call->call == CALL_sendto) call->peer = address_at(arguments[4], arguments[5]);
  if (shape == VECTORS) call->requested_bytes = room_of(arguments[1], arguments[2]);
  if (shape == MESSAGE) read_message(call, arguments[1]);
  if (shape == MESSAGES) read_request_of_many(call);
}

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
  if (!host) return 0;
  struct call call = { .at_ns = bpf_ktime_get_ns(), .arguments = SYSCALL_ARGUMENTS(regs) };
  if (note_call(task, host, traced, &call)) tell_process(task, host);
  return 0;
}

/* What has been learned of the socket since the call began. */
static __always_inline void read_outcome(struct task_struct *task, struct call *call) {
  __u16 kind = call->call;
  bool makes = kind == CALL_socket || kind == CALL_accept || kind == CALL_accept4;
  bool has_failed = call->result < 0 && call->result != -EINPROGRESS;
  if (has_failed || kind == CALL_close || kind >= CALL_io_uring_setup) return;
  bool changes = kind <= CALL_connect || kind == CALL_setsockopt || call->socket.local.port == 0;
  __u32 fd = makes ? call->result : call->socket.fd;
  if (makes || changes) read_socket(file_of(task, fd), fd, &call->socket);
  if (kind == CALL_accept || kind == CALL_accept4) call->peer = call->socket.remote;
}

/* Each message of sendmmsg or recvmmsg, and their data, one behind the other. */
static __always_inline void read_messages(struct returned *returned) {
  struct call *call = &returned->call;
  struct message_of_many one;
  __u32 count = smaller(call->result, MESSAGES_MAX);
  for (int i = 0; i < MESSAGES_MAX && i < count; i++) {
    if (bpf_probe_read_user(&one, sizeof one, (void *)(call->arguments[1] + i * sizeof one))) break;
    struct message *message = &returned->messages[i];
    message->peer = address_at(one.header.name, one.header.name_length);
    message->segment_bytes = segment_bytes_in(one.header.control, one.header.control_length);
    message->bytes = one.length;
    call->messages = i + 1;
    call->data_bytes = show_vectors(&returned->shown, call->data_bytes, one.header.vectors, one.header.vector_count, one.length);
  }
}

static __always_inline void read_received(struct call *call, struct message_header *header) {
  call->peer = address_at(header->name, header->name_length);
  call->segment_bytes = segment_bytes_in(header->control, header->control_length);
}

/* What a call has sent or received. */
static __always_inline void read_data(struct returned *returned, __u8 shape) {
  struct call *call = &returned->call;
  const __u64 *arguments = call->arguments;
  __u64 length = call->result;
  struct message_header header = {};
  if (shape == OPTION) {
    __u32 size = arguments[4];
    if (call->call == CALL_getsockopt && bpf_probe_read_user(&size, sizeof size, (void *)arguments[4])) return;
    call->data_bytes = show(&returned->shown, 0, arguments[3], size);
  }
  if (call->result < 0) return;
  /* A datagram may be longer than its buffer: MSG_TRUNC. */
  if (shape == BUFFER) call->data_bytes = show(&returned->shown, 0, arguments[1], smaller(length, arguments[2]));
  if (shape == VECTORS) call->data_bytes = show_vectors(&returned->shown, 0, arguments[1], arguments[2], length);
  if (shape == MESSAGES) read_messages(returned);
  __u32 size = 0;
  if (call->call == CALL_recvfrom && !bpf_probe_read_user(&size, sizeof size, (void *)arguments[5]))
    call->peer = address_at(arguments[4], size);
  if (shape != MESSAGE || bpf_probe_read_user(&header, sizeof header, (void *)arguments[1])) return;
  call->data_bytes = show_vectors(&returned->shown, 0, header.vectors, header.vector_count, length);
  if (call->call == CALL_recvmsg) read_received(call, &header);
}

/* Programs with an event loop keep trying calls that would block: that there was nothing is not worth telling. */
static __always_inline bool is_idle_try(const struct call *call, __u8 way) {
  if (call->result != -EAGAIN || call->took_ns >= WAIT_MIN_NS) return false;
  bool is_from_socket = call->call == CALL_splice && (__u32)call->arguments[0] == (__u32)call->socket.fd;
  return way == IN || call->call == CALL_accept || call->call == CALL_accept4 || is_from_socket;
}

static __always_inline __u32 size_of(const struct call *call) {
  if (call->messages > 0) return offsetof(struct returned, messages) + call->messages * sizeof(struct message);
  return sizeof *call + call->data_bytes;
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
  if (is_idle_try(call, traced->way)) return 0;
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

SEC("tp_btf/sched_process_exit")
int BPF_PROG(end, struct task_struct *task) {
  __u32 tgid = task->tgid, tid = task->pid;
  bpf_map_delete_elem(&open_calls, &tid);
  if (tgid == tid) bpf_map_delete_elem(&told, &tgid);
  return 0;
}

/* Notes the call that a thread has been blocked in since before the trace. */
static __always_inline void note_blocked(struct task_struct *task, struct host *host) {
  if (task->__state != TASK_INTERRUPTIBLE) return;
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
