import { setTimeout } from "node:timers/promises";
import type { InstallationApi } from "./installation-api.ts";
import type { LinesWanted, OutputLine, OutputSource } from "./output-line.ts";
import type { TaskState } from "./task-state.ts";

export interface CloudWatchPlace {
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

/** Milliseconds between two looks at a stream that is followed. */
const interval = 1_000;

/** Looks at the stream of a task that has stopped: its driver delivers the last lines a little later. */
const lastLooks = 4;

/** The output of a container whose log driver is `awslogs`, read with the caller's permissions. */
export function cloudWatchSource(
  api: InstallationApi,
  { task, container }: Pick<OutputSource, "task" | "container">,
  { region, group, stream }: CloudWatchPlace,
  state: TaskState,
  { follow, since, masking, signal }: LinesWanted,
): OutputSource {
  async function* lines(): AsyncGenerator<OutputLine> {
    const logs = await api.cloudWatch(region, masking);
    const place = { logGroupName: group, logStreamName: stream, startFromHead: true };
    let nextToken: string | undefined;
    let quietAfterEnd = 0;
    while (!signal.aborted) {
      const input = { ...place, nextToken, ...(since !== undefined && { startTime: since }) };
      const answer = await logs.getLogEvents(input, { abortSignal: signal }).catch((error: Error) => {
        // Made with the first line.
        if (error.name === "ResourceNotFoundException" && follow) return undefined;
        if (signal.aborted) return undefined;
        throw error.name === "ResourceNotFoundException" ? missing() : error;
      });
      const { events = [], nextForwardToken } = answer ?? {};
      for (const { timestamp = 0, message = "" } of events) {
        yield { task, container, time: new Date(timestamp).toISOString(), message };
      }
      if (events.length > 0) quietAfterEnd = 0;
      const isAtEnd = nextForwardToken === nextToken || events.length === 0;
      nextToken = nextForwardToken ?? nextToken;
      if (!isAtEnd) continue;
      if (!follow) return;
      if ((await state.isStopped()) && ++quietAfterEnd >= lastLooks) return;
      await setTimeout(interval, undefined, { signal }).catch(() => {}); // the loop ends
    }
  }

  const missing = () =>
    new Error(`there is no log stream ${stream} in the log group ${group} of this installation (${region})`);
  return { task, container, lines };
}
