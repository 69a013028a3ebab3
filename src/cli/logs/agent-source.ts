import { setTimeout } from "node:timers/promises";
import { taskLogsPath } from "../../server/installation-paths.ts";
import type { TaskLogs } from "../../services/ecs/index.ts";
import { type ClientEnd, openClient } from "../../session-manager/client.ts";
import type { InstallationApi } from "./installation-api.ts";
import type { LinesWanted, OutputLine, OutputSource } from "./output-line.ts";
import type { TaskState } from "./task-state.ts";

/** Milliseconds before a container that has not started, or whose agent is away, is asked for again. */
const again = 1_000;

/** What the agent sends: a line, or why there are none. */
interface SentLine {
  readonly time: string;
  readonly source: "stdout" | "stderr";
  readonly message: string;
  readonly partial?: boolean;
  readonly problem?: string;
}

/** The output of a container as the agent of its machine reads it. */
export function agentSource(
  api: InstallationApi,
  { task, container }: Pick<OutputSource, "task" | "container">,
  cluster: string,
  state: TaskState,
  { follow, since, masking, signal }: LinesWanted,
): OutputSource {
  /** Time of the last line that was given. */
  let last = "";

  async function open(from: string | undefined): Promise<TaskLogs> {
    const input = { cluster, task, container, follow, masking, ...(from !== undefined && { since: from }) };
    const { status, body } = await api.post(taskLogsPath, input);
    if (status === 200) return JSON.parse(body) as TaskLogs;
    const { __type: code, message }: { readonly __type?: string; readonly message?: string } = JSON.parse(body);
    throw Object.assign(new Error(message ?? ""), { name: code ?? "Error" });
  }

  async function* lines(): AsyncGenerator<OutputLine> {
    while (!signal.aborted) {
      const wasStopped = await state.isStopped();
      let problem: string;
      try {
        const end = yield* session(last === "" ? isoOf(since) : last);
        if (end.exitCode === 0) return;
        problem = end.reason;
      } catch (error) {
        if ((error as Error).name !== "TargetNotConnectedException") throw error;
        problem = (error as Error).message;
      }
      if (signal.aborted) return;
      if (!follow || wasStopped) throw new Error(problem || "the connection was lost");
      await setTimeout(again, undefined, { signal }).catch(() => {}); // the loop ends
    }
  }

  async function* session(from: string | undefined): AsyncGenerator<OutputLine, ClientEnd> {
    const { streamUrl: url, tokenValue: token } = await open(from);
    const after = last;
    const pieces = pipe();
    const client = openClient({ url, token, output: pieces.put });
    void client.ended.then(pieces.end);
    const stop = () => client.terminate();
    signal.addEventListener("abort", stop);
    try {
      const partial = new Map<string, string>();
      for await (const text of wholeLines(pieces.chunks())) {
        const line = JSON.parse(text) as SentLine;
        if (line.problem !== undefined) throw new Error(line.problem);
        // Given before the connection was lost.
        if (line.time <= after) continue;
        const message = (partial.get(line.source) ?? "") + line.message;
        if (line.partial && message.length < longestLine) {
          partial.set(line.source, message);
          continue;
        }
        partial.delete(line.source);
        last = line.time;
        yield { task, container, time: line.time, source: line.source, message };
      }
      return await client.ended;
    } finally {
      signal.removeEventListener("abort", stop);
      client.terminate();
    }
  }

  return { task, container, lines };
}

/** Characters up to which the pieces of a line are put together. */
const longestLine = 1024 * 1024;

function isoOf(since: number | undefined): string | undefined {
  return since === undefined ? undefined : new Date(since).toISOString();
}

/** Hands chunks over to a reader that sets the pace. */
function pipe() {
  const waiting: Buffer[] = [];
  let isEnded = false;
  let wake = () => {};
  let drained = () => {};
  return {
    put(chunk: Buffer): Promise<void> {
      waiting.push(Buffer.from(chunk));
      wake();
      return new Promise((resolve) => {
        drained = resolve;
      });
    },
    end(): void {
      isEnded = true;
      wake();
    },
    async *chunks(): AsyncGenerator<Buffer> {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk) {
          yield chunk;
          continue;
        }
        drained();
        if (isEnded) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0 || isEnded) resolve();
        });
      }
    },
  };
}

async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const newline = 0x0a;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
  }
}
