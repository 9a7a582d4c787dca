/*
 * Those fields of the kernel's structures that are read here. At which offset each is on the kernel at hand, libbpf finds out from
 * its BTF when it loads the programs (CO-RE), so the layout here is nobody's.
 */
#pragma once
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
  unsigned long di, si, dx, r10, r8, r9, orig_ax;
};
#define SYSCALL_NUMBER(regs) ((long)(regs)->orig_ax)
struct thread_info {
  __u32 status;
};
#define IS_32_BIT(info) ((info).status & 2) /* TS_COMPAT */
#define SYSCALL_ARGUMENTS(regs) \
  { (regs)->di, (regs)->si, (regs)->dx, (regs)->r10, (regs)->r8, (regs)->r9 }
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs {
  __u64 regs[31];
  __u64 orig_x0;
  __s32 syscallno;
};
#define SYSCALL_NUMBER(regs) ((long)(regs)->syscallno)
struct thread_info {
  unsigned long flags;
};
#define IS_32_BIT(info) ((info).flags & 1ul << 22) /* TIF_32BIT */
#define SYSCALL_ARGUMENTS(regs) \
  { (regs)->orig_x0, (regs)->regs[1], (regs)->regs[2], (regs)->regs[3], (regs)->regs[4], (regs)->regs[5] }
#else
#error "How this processor passes the arguments of a system call is not known here"
#endif

struct ns_common {
  unsigned int inum;
};
struct mnt_namespace {
  struct ns_common ns;
};
struct nsproxy {
  struct mnt_namespace *mnt_ns;
};
struct upid {
  int nr;
  void *ns; /* it is read from an array, and so must be as long as it is */
};
struct pid {
  unsigned int level;
  struct upid numbers[1];
};
struct inode {
  unsigned short i_mode;
  unsigned long i_ino;
};
struct qstr {
  const unsigned char *name;
};
struct dentry {
  struct qstr d_name;
};
struct path {
  struct dentry *dentry;
};
struct file {
  struct inode *f_inode;
  void *private_data;
  struct path f_path;
};
struct fdtable {
  unsigned int max_fds;
  struct file **fd;
};
struct files_struct {
  struct fdtable *fdt;
};
struct mm_struct {
  unsigned long arg_start, arg_end;
};
struct task_struct {
  struct thread_info thread_info;
  unsigned int __state;
  unsigned long nvcsw;
  int exit_code;
  int pid, tgid;
  struct task_struct *group_leader, *real_parent;
  struct pid *thread_pid;
  struct nsproxy *nsproxy;
  struct files_struct *files;
  struct mm_struct *mm;
  char comm[16];
};

struct in6_addr {
  unsigned char bytes[16];
};
struct sock_common {
  unsigned short skc_family;
  unsigned char skc_state;
  __be32 skc_daddr, skc_rcv_saddr;
  __be16 skc_dport;
  struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};
struct sock {
  struct sock_common __sk_common;
  __u16 sk_type, sk_protocol;
};
struct inet_sock {
  __be16 inet_sport;
};
struct tcp_sock {
  __u32 rcv_nxt, copied_seq, write_seq, snd_una;
};
struct udp_sock {
  __u16 gso_size;
};
struct socket {
  struct sock *sk;
};

struct bpf_iter__task_file {
  struct task_struct *task;
  __u32 fd;
  struct file *file;
};
struct bpf_iter__task {
  struct task_struct *task;
};

#pragma clang attribute pop
