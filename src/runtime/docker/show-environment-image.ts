import type Dockerode from "dockerode";
import { type Architecture, machineCode } from "./elf.ts";
import { importImage } from "./import-image.ts";
import { waitForStop } from "./wait-for-stop.ts";

const listings: Record<Architecture, string> = {
  x86_64: `
    48 8b 1c 24     ; mov rbx, [rsp]             argc lies at the stack's top; argv, NULL, environment, NULL follow
    48 8d 5c dc 10  ; lea rbx, [rsp+rbx*8+16]
    48 8b 33        ; next: mov rsi, [rbx]       the next variable; after the last one comes waitForStop
    48 85 f6        ; test rsi, rsi
    74 34           ; je done
    48 83 c3 08     ; add rbx, 8
    48 89 f7        ; mov rdi, rsi               find its NUL and make it a newline
    31 c0           ; xor eax, eax
    48 83 c9 ff     ; or rcx, -1
    f2 ae           ; repne scasb
    c6 47 ff 0a     ; mov byte [rdi-1], 10
    48 89 fa        ; mov rdx, rdi               its length, newline included
    48 29 f2        ; sub rdx, rsi
    bf 01 00 00 00  ; write: mov edi, 1          write(1, variable, length) until all is out; given up on an error
    b8 01 00 00 00  ; mov eax, 1
    0f 05           ; syscall
    48 85 c0        ; test rax, rax
    7e ce           ; jle next
    48 01 c6        ; add rsi, rax
    48 29 c2        ; sub rdx, rax
    75 e7           ; jne write
    eb c4           ; jmp next
  `,
  arm64: `
    f3 03 40 f9  ; ldr x19, [sp]                 argc lies at the stack's top; argv, NULL, environment, NULL follow
    f3 6f 33 8b  ; add x19, sp, x19, lsl #3
    73 42 00 91  ; add x19, x19, #16
    61 86 40 f8  ; next: ldr x1, [x19], #8       the next variable; after the last one comes waitForStop
    01 02 00 b4  ; cbz x1, done
    e2 03 01 aa  ; mov x2, x1                    find its NUL and make it a newline
    43 14 40 38  ; scan: ldrb w3, [x2], #1
    e3 ff ff 35  ; cbnz w3, scan
    43 01 80 52  ; mov w3, #10
    43 f0 1f 38  ; sturb w3, [x2, #-1]
    42 00 01 cb  ; sub x2, x2, x1                its length, newline included
    20 00 80 d2  ; write: mov x0, #1             write(1, variable, length) until all is out; given up on an error
    08 08 80 d2  ; mov x8, #64
    01 00 00 d4  ; svc #0
    1f 00 00 f1  ; cmp x0, #0
    8d fe ff 54  ; b.le next
    21 00 00 8b  ; add x1, x1, x0
    42 00 00 eb  ; subs x2, x2, x0
    21 ff ff 54  ; b.ne write
    f0 ff ff 17  ; b next
  `,
};

/** Machine code that writes each environment variable as a line to standard output and then waits to be stopped. */
export function showEnvironment(architecture: Architecture): Buffer {
  return Buffer.concat([machineCode(listings[architecture]), waitForStop(architecture)]);
}

/**
 * Makes sure that the Engine has `sealift/show-environment`, which prints its environment as `NAME=value` lines and
 * then runs until it is stopped; resolves to the image's name.
 */
export async function importShowEnvironmentImage(docker: Dockerode): Promise<string> {
  return importImage(docker, {
    repository: "sealift/show-environment",
    tag: "latest",
    version: "2",
    program: "show-environment",
    code: showEnvironment,
  });
}
