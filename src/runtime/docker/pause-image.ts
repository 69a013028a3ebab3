import type Dockerode from "dockerode";
import { type Architecture, machineCode } from "./elf.ts";
import { engineArchitecture, importImage } from "./import-image.ts";
import { waitForStop } from "./wait-for-stop.ts";

const version = "3";

/** Makes sure that the Engine has the image that holds namespaces open, without asking any registry. */
export async function importPauseImage(docker: Dockerode): Promise<string> {
  const architecture = engineArchitecture((await docker.info()).Architecture);
  return importImage(docker, {
    repository: "sealift/pause",
    tag: `${version}-${architecture}`,
    version,
    program: "pause",
    code: (architecture) => Buffer.concat([rename(architecture), waitForStop(architecture)]),
  });
}

/** With two arguments the program renames the first to the second and ends with the error's number; else it does what follows. */
const renames: Record<Architecture, string> = {
  x86_64: `
    48 83 3c 24 03  ; cmp qword [rsp], 3         the number of arguments, its name included
    75 1c           ; jne end
    48 8b 7c 24 10  ; mov rdi, [rsp+16]          rename(argv[1], argv[2])
    48 8b 74 24 18  ; mov rsi, [rsp+24]
    b8 52 00 00 00  ; mov eax, 82
    0f 05           ; syscall
    89 c7           ; mov edi, eax               exit_group(-result)
    f7 df           ; neg edi
    b8 e7 00 00 00  ; mov eax, 231
    0f 05           ; syscall
  `,
  arm64: `
    e0 03 40 f9  ; ldr x0, [sp]                  the number of arguments, its name included
    1f 0c 00 f1  ; cmp x0, #3
    41 01 00 54  ; b.ne end
    e1 0b 40 f9  ; ldr x1, [sp, #16]             renameat(AT_FDCWD, argv[1], AT_FDCWD, argv[2])
    e3 0f 40 f9  ; ldr x3, [sp, #24]
    60 0c 80 92  ; mov x0, #-100
    e2 03 00 aa  ; mov x2, x0
    c8 04 80 d2  ; mov x8, #38
    01 00 00 d4  ; svc #0
    e0 03 00 cb  ; neg x0, x0                    exit_group(-result)
    c8 0b 80 d2  ; mov x8, #94
    01 00 00 d4  ; svc #0
  `,
};

function rename(architecture: Architecture): Buffer {
  return machineCode(renames[architecture]);
}
