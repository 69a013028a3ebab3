import type { ContainerSpec } from "../containers.ts";
import type { Runtime } from "../runtime.ts";

/** A runtime under test, with what a test must know beside it. */
export interface Subject extends AsyncDisposable {
  readonly runtime: Runtime;
  /** An image with a shell, `od` and `readlink`. */
  readonly image: string;
  /** Members that make `create` fail. */
  readonly uncreatable: Partial<ContainerSpec>;
  /** An address for the namespace of a test. */
  readonly address: string;
  /** The container's standard output so far. */
  output(id: string): Promise<string>;
}

/** The programs that the contract runs; adapters that run nothing act them out. */
export const programs = {
  "exits with 0": ["true"],
  "exits with 7": ["sh", "-c", "exit 7"],
  waits: ["sh", "-c", "trap 'exit 143' TERM; echo ready; while :; do sleep 1 & wait; done"],
  "ignores SIGTERM": ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"],
  "shows its environment": ["od", "-An", "-v", "-tx1", "/proc/self/environ"],
  "shows its network": ["readlink", "/proc/self/ns/net"],
  "is not there": ["/no/such/program"],
  "writes lines": ["sh", "-c", "echo one; sleep 0.2; echo two >&2; sleep 0.2; printf three"],
  "writes lines and waits": [
    "sh",
    "-c",
    "trap 'echo four; exit 143' TERM; for n in one two three; do echo $n; done; while :; do sleep 1 & wait; done",
  ],
  "writes a lot": ["sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"],
  "writes a long line": ["sh", "-c", "head -c 40000 /dev/zero | tr '\\0' x; echo; echo end"],
  computes: ["sh", "-c", "echo ready; while :; do :; done"],
} as const satisfies Record<string, readonly string[]>;

export type Program = keyof typeof programs;
