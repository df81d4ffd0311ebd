// What Linux offers to a process that wants to be able to do less: resource limits, Landlock (files) and seccomp (system calls).
// Nothing here is undone by the process itself. Elsewhere nothing is offered.
#include <errno.h>
#include <stdint.h>
#include <sys/resource.h>

// Soft and hard limit of a resource.
static inline int sandbox_limit(int resource, uint64_t value) {
  struct rlimit limit = {.rlim_cur = (rlim_t)value, .rlim_max = (rlim_t)value};
  return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

#if defined(__linux__)
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock's own numbers: headers of older systems lack them.
struct sandbox_ruleset { uint64_t files, net, scoped; };
struct sandbox_beneath { uint64_t allowed; int32_t parent; } __attribute__((packed));
enum { sandbox_create_ruleset = 444, sandbox_add_rule = 445, sandbox_restrict_self = 446 };
// O_PATH, which only some headers give.
enum { sandbox_path = 010000000 };

// Which version of Landlock the kernel has; 0 for none.
static inline int sandbox_landlock_version(void) {
  long version = syscall(sandbox_create_ruleset, 0, 0, 1);
  return version > 0 ? (int)version : 0;
}

// From now on this process opens nothing but what lies beneath these paths, for reading; what is not there is passed over.
// Returns an error's number, or 0.
static inline int sandbox_landlock(const char *const *readable, int count) {
  int version = sandbox_landlock_version();
  if (version == 0) return ENOSYS;
  // Rights on files came with versions 1 (13 of them), 2, 3 and 5; on networks with 4; scopes with 6.
  int rights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  struct sandbox_ruleset ruleset = {
    .files = (UINT64_C(1) << rights) - 1, .net = version >= 4 ? 3 : 0, .scoped = version >= 6 ? 3 : 0,
  };
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int descriptor = (int)syscall(sandbox_create_ruleset, &ruleset, size, 0);
  if (descriptor < 0) return errno;
  for (int i = 0; i < count; i++) {
    struct sandbox_beneath rule = {.allowed = 4, .parent = open(readable[i], sandbox_path | O_CLOEXEC | O_DIRECTORY)};
    if (rule.parent >= 0) {
      rule.allowed |= 8; // To read a file is 4, to list a folder 8.
    } else {
      rule.parent = open(readable[i], sandbox_path | O_CLOEXEC);
    }
    if (rule.parent < 0) continue;
    long status = syscall(sandbox_add_rule, descriptor, 1, &rule, 0);
    int number = errno;
    close(rule.parent);
    if (status != 0) {
      close(descriptor);
      return number;
    }
  }
  int number = 0;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(sandbox_restrict_self, descriptor, 0) != 0) number = errno;
  close(descriptor);
  return number;
}

#if defined(__x86_64__)
#define SANDBOX_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SANDBOX_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// From now on this process starts no other, opens no socket, opens no file for writing, changes none, and touches no other
// process. Threads may still be started. Returns an error's number, or 0.
static inline int sandbox_seccomp(void) {
#if defined(SANDBOX_ARCHITECTURE)
  #define SANDBOX_LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, what))
  #define SANDBOX_RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
  #define SANDBOX_REFUSE(number) SANDBOX_RETURN(SECCOMP_RET_ERRNO | ((number) & SECCOMP_RET_DATA))
  #define SANDBOX_DENY(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), SANDBOX_REFUSE(EPERM)
  #define SANDBOX_LACK(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), SANDBOX_REFUSE(ENOSYS)
  // Flags of a call's argument: refused where any (or, with `none` set, where none) of the bits is set. The lower half of an
  // argument is its first word on both architectures.
  #define SANDBOX_FLAGS(call, place, bits, any, none) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), SANDBOX_LOAD(args[place]), \
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), (any), (none)), SANDBOX_REFUSE(EPERM), SANDBOX_RETURN(SECCOMP_RET_ALLOW)
  struct sock_filter filter[] = {
    SANDBOX_LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SANDBOX_ARCHITECTURE, 1, 0),
    SANDBOX_RETURN(SECCOMP_RET_KILL_PROCESS),
    SANDBOX_LOAD(nr),
  #if defined(__x86_64__)
    // Calls of the x32 kind have other numbers.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    SANDBOX_REFUSE(EPERM),
    SANDBOX_DENY(SYS_fork), SANDBOX_DENY(SYS_vfork), SANDBOX_DENY(SYS_creat), SANDBOX_DENY(SYS_rename),
    SANDBOX_DENY(SYS_unlink), SANDBOX_DENY(SYS_mkdir), SANDBOX_DENY(SYS_rmdir), SANDBOX_DENY(SYS_link),
    SANDBOX_DENY(SYS_symlink), SANDBOX_DENY(SYS_chmod), SANDBOX_DENY(SYS_chown), SANDBOX_DENY(SYS_lchown),
    SANDBOX_DENY(SYS_mknod), SANDBOX_DENY(SYS_utime), SANDBOX_DENY(SYS_utimes), SANDBOX_DENY(SYS_futimesat),
    SANDBOX_FLAGS(SYS_open, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, 1),
  #endif
    SANDBOX_FLAGS(SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, 1),
    SANDBOX_FLAGS(SYS_clone, 0, 0x00010000 /* CLONE_THREAD */, 1, 0),
    SANDBOX_LACK(SYS_openat2), SANDBOX_LACK(SYS_clone3),
    SANDBOX_DENY(SYS_execve), SANDBOX_DENY(SYS_execveat),
    SANDBOX_DENY(SYS_socket), SANDBOX_DENY(SYS_socketpair), SANDBOX_DENY(SYS_io_uring_setup),
    SANDBOX_DENY(SYS_renameat), SANDBOX_DENY(SYS_renameat2), SANDBOX_DENY(SYS_unlinkat), SANDBOX_DENY(SYS_mkdirat),
    SANDBOX_DENY(SYS_linkat), SANDBOX_DENY(SYS_symlinkat), SANDBOX_DENY(SYS_mknodat), SANDBOX_DENY(SYS_truncate),
    SANDBOX_DENY(SYS_ftruncate), SANDBOX_DENY(SYS_fchmod), SANDBOX_DENY(SYS_fchmodat), SANDBOX_DENY(SYS_fchown),
    SANDBOX_DENY(SYS_fchownat), SANDBOX_DENY(SYS_utimensat), SANDBOX_DENY(SYS_setxattr), SANDBOX_DENY(SYS_lsetxattr),
    SANDBOX_DENY(SYS_fsetxattr), SANDBOX_DENY(SYS_removexattr), SANDBOX_DENY(SYS_mount), SANDBOX_DENY(SYS_umount2),
    SANDBOX_DENY(SYS_chroot), SANDBOX_DENY(SYS_pivot_root), SANDBOX_DENY(SYS_unshare), SANDBOX_DENY(SYS_setns),
    SANDBOX_DENY(SYS_kill), SANDBOX_DENY(SYS_tkill), SANDBOX_DENY(SYS_ptrace), SANDBOX_DENY(SYS_process_vm_readv),
    SANDBOX_DENY(SYS_process_vm_writev), SANDBOX_DENY(SYS_pidfd_open), SANDBOX_DENY(SYS_bpf),
    SANDBOX_DENY(SYS_perf_event_open), SANDBOX_DENY(SYS_userfaultfd), SANDBOX_DENY(SYS_keyctl), SANDBOX_DENY(SYS_add_key),
    SANDBOX_DENY(SYS_request_key), SANDBOX_DENY(SYS_open_by_handle_at), SANDBOX_DENY(SYS_setsid),
    SANDBOX_DENY(SYS_setpgid),
    SANDBOX_RETURN(SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {.len = (unsigned short)(sizeof filter / sizeof filter[0]), .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) {
    return errno;
  }
  return 0;
#else
  return ENOSYS;
#endif
}

// Whether the kernel takes such filters.
static inline int sandbox_has_seccomp(void) {
#if defined(SANDBOX_ARCHITECTURE)
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, 0, 0, 0) == -1 && errno == EFAULT;
#else
  return 0;
#endif
}

// This process ends when the one that started it does.
static inline int sandbox_end_with(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
  return getppid() == parent ? 0 : ESRCH;
}
#else
static inline int sandbox_landlock_version(void) { return 0; }
static inline int sandbox_landlock(const char *const *readable, int count) { return ENOSYS; }
static inline int sandbox_seccomp(void) { return ENOSYS; }
static inline int sandbox_has_seccomp(void) { return 0; }
static inline int sandbox_end_with(int parent) { return ENOSYS; }
#endif
