/* System calls without a library, for the programs that `scripts/compile-programs.sh` compiles. `begin` is given the first stack. */
#if defined(__x86_64__)
enum { READ = 0, WRITE = 1, CLOSE = 3, POLL = 7, MMAP = 9, RT_SIGPROCMASK = 14, SOCKET = 41, CONNECT = 42, SENDTO = 44,
       SHUTDOWN = 48, BIND = 49, LISTEN = 50, GETSOCKNAME = 51, SETSOCKOPT = 54, RT_SIGTIMEDWAIT = 128, CLOCK_GETTIME = 228,
       EXIT_GROUP = 231, ACCEPT4 = 288 };
static long call6(long n, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
/* The stack is aligned for calls, whatever the kernel did. */
__asm__(".section .text.start,\"ax\"\n.globl _start\n_start: movq %rsp, %rdi\nandq $-16, %rsp\ncall begin\n");
#elif defined(__aarch64__)
enum { CLOSE = 57, READ = 63, WRITE = 64, PPOLL = 73, EXIT_GROUP = 94, CLOCK_GETTIME = 113, RT_SIGPROCMASK = 135,
       RT_SIGTIMEDWAIT = 137, SOCKET = 198, BIND = 200, LISTEN = 201, CONNECT = 203, GETSOCKNAME = 204, SENDTO = 206,
       SETSOCKOPT = 208, SHUTDOWN = 210, MMAP = 222, ACCEPT4 = 242 };
static long call6(long n, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = n;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}
__asm__(".section .text.start,\"ax\"\n.globl _start\n_start: mov x0, sp\nbl begin\n");
#endif

#define call(n, a, b, c) call6(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;

/* An IPv4 address of a socket. */
struct address {
  u16 family, port;
  u32 ip;
  u32 zero[2];
};

static u16 swapped(u16 port) { return (u16)(port << 8 | port >> 8); }

static void quit(int code) {
  for (;;) call(EXIT_GROUP, code, 0, 0);
}
