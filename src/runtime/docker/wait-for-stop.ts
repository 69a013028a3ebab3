import { type Architecture, machineCode } from "./elf.ts";

/*
 * The kernel drops signals that the first process of a container neither handles nor blocks, SIGTERM among them. Blocked
 * ones it keeps, so this blocks SIGINT and SIGTERM and then waits for one: no handler, no stack frames to return through.
 *
 * Where other containers share its processes, it becomes the parent of those that lost theirs. With SIGCHLD ignored, the kernel
 * forgets them as they end.
 */
const listings: Record<Architecture, string> = {
  x86_64: `
    6a 00           ; push 0                     the action {SIG_IGN 1, flags 0, restorer 0, mask 0}
    6a 00           ; push 0
    6a 00           ; push 0
    6a 01           ; push 1
    48 89 e6        ; mov rsi, rsp               rt_sigaction(SIGCHLD 17, &action, NULL, 8)
    6a 11           ; push 17
    5f              ; pop rdi
    31 d2           ; xor edx, edx
    6a 08           ; push 8
    41 5a           ; pop r10
    6a 0d           ; push 13
    58              ; pop rax
    0f 05           ; syscall
    68 02 40 00 00  ; push 0x4002                the signal set {SIGINT 2, SIGTERM 15} as bits 1 and 14
    48 89 e6        ; mov rsi, rsp               rt_sigprocmask(SIG_BLOCK, &set, NULL, 8)
    31 ff           ; xor edi, edi
    31 d2           ; xor edx, edx
    6a 08           ; push 8
    41 5a           ; pop r10
    b8 0e 00 00 00  ; mov eax, 14
    0f 05           ; syscall
    48 89 e7        ; again: mov rdi, rsp        rt_sigtimedwait(&set, NULL, NULL, 8)
    31 f6           ; xor esi, esi
    31 d2           ; xor edx, edx
    6a 08           ; push 8
    41 5a           ; pop r10
    b8 80 00 00 00  ; mov eax, 128
    0f 05           ; syscall
    85 c0           ; test eax, eax              interrupted: wait on
    78 ea           ; js again
    31 ff           ; xor edi, edi               exit_group(0)
    b8 e7 00 00 00  ; mov eax, 231
    0f 05           ; syscall
  `,
  arm64: `
    29 00 80 d2  ; mov x9, #1                    the action {SIG_IGN 1, flags 0, restorer 0, mask 0}
    e9 7f be a9  ; stp x9, xzr, [sp, #-32]!
    ff 7f 01 a9  ; stp xzr, xzr, [sp, #16]
    20 02 80 d2  ; mov x0, #17                   rt_sigaction(SIGCHLD 17, &action, NULL, 8)
    e1 03 00 91  ; mov x1, sp
    02 00 80 d2  ; mov x2, #0
    03 01 80 d2  ; mov x3, #8
    c8 10 80 d2  ; mov x8, #134
    01 00 00 d4  ; svc #0
    49 00 88 d2  ; mov x9, #0x4002               the signal set {SIGINT 2, SIGTERM 15} as bits 1 and 14
    e9 0f 1f f8  ; str x9, [sp, #-16]!
    00 00 80 d2  ; mov x0, #0                    rt_sigprocmask(SIG_BLOCK, &set, NULL, 8)
    e1 03 00 91  ; mov x1, sp
    02 00 80 d2  ; mov x2, #0
    03 01 80 d2  ; mov x3, #8
    e8 10 80 d2  ; mov x8, #135
    01 00 00 d4  ; svc #0
    e0 03 00 91  ; again: mov x0, sp             rt_sigtimedwait(&set, NULL, NULL, 8)
    01 00 80 d2  ; mov x1, #0
    02 00 80 d2  ; mov x2, #0
    03 01 80 d2  ; mov x3, #8
    28 11 80 d2  ; mov x8, #137
    01 00 00 d4  ; svc #0
    40 ff ff 37  ; tbnz w0, #31, again           interrupted: wait on
    00 00 80 d2  ; mov x0, #0                    exit_group(0)
    c8 0b 80 d2  ; mov x8, #94
    01 00 00 d4  ; svc #0
  `,
};

/** Machine code that waits until it is sent SIGTERM or SIGINT, then exits with 0; works as a container's first process. */
export function waitForStop(architecture: Architecture): Buffer {
  return machineCode(listings[architecture]);
}
