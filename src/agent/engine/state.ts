import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { AgentTask } from "./task.ts";

/** What the agent knows again after a restart. It holds no credentials and no secret values. */
export interface AgentState {
  readonly containerInstanceArn?: string;
  readonly tasks: readonly AgentTask[];
}

/** The state file. Writes replace it whole, and only the newest state is written. */
export function stateFile(path: string) {
  let latest: AgentState | undefined;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    try {
      while (latest) {
        const state = latest;
        latest = undefined;
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600, flush: true });
        await rename(`${path}.new`, path);
      }
    } finally {
      writing = undefined;
    }
  }

  return {
    async read(): Promise<AgentState> {
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return { tasks: [] };
        throw error;
      }
      try {
        return JSON.parse(text) as AgentState;
      } catch (error) {
        throw new Error(`Cannot read the agent's state: "${path}" is no JSON`, { cause: error });
      }
    },
    /** Resolves when this state, or a newer one, is on the disk. Rejects if it cannot be written; the next one is tried anew. */
    save(state: AgentState): Promise<void> {
      latest = state;
      writing ??= write();
      return writing;
    },
  };
}
