import { nameOf } from "../../../parts/addresses.ts";
import type { Task, TaskDefinition } from "../types.ts";

/** Streams of one log group. */
export interface LogPlace {
  readonly group: string;
  readonly region: string;
  /** With what the names of all its streams begin. */
  readonly prefix: string;
  /** Whose output each stream is, by the stream's name. */
  readonly streams: Readonly<Record<string, LogSource>>;
}

export interface LogSource {
  /** The task's id. */
  readonly task: string;
  readonly container: string;
}

export interface LogPlaces {
  readonly places: readonly LogPlace[];
  /** Containers whose output is not in CloudWatch Logs, each with its log driver. */
  readonly elsewhere: readonly { readonly container: string; readonly driver: string }[];
}

/** Where the output of tasks is, by their definitions. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
export function logPlaces(tasks: readonly Task[], definitions: readonly TaskDefinition[]): LogPlaces {
  const groups = new Map<string, Record<string, LogSource>>();
  const elsewhere = new Map<string, string>();
  for (const task of tasks) {
    const definition = definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === task.taskDefinitionArn);
    for (const { name = "", logConfiguration } of definition?.containerDefinitions ?? []) {
      const { logDriver = "json-file", options = {} } = logConfiguration ?? {};
      const { "awslogs-group": group, "awslogs-region": region = "", "awslogs-stream-prefix": prefix } = options;
      if (logDriver !== "awslogs" || group === undefined) {
        elsewhere.set(name, logDriver);
        continue;
      }
      const id = nameOf(task.taskArn);
      const container = task.containers?.find((one) => one.name === name);
      const stream =
        prefix === undefined ? (options["awslogs-stream"] ?? container?.runtimeId) : `${prefix}/${name}/${id}`;
      // Without a prefix, the stream is named after the container, which is not there yet.
      if (stream === undefined) continue;
      const key = JSON.stringify([group, region]);
      groups.set(key, { ...groups.get(key), [stream]: { task: id, container: name } });
    }
  }
  return {
    places: [...groups].map(([key, streams]) => {
      const [group, region] = JSON.parse(key) as [string, string];
      return { group, region, streams, prefix: commonPrefix(Object.keys(streams)) };
    }),
    elsewhere: [...elsewhere].map(([container, driver]) => ({ container, driver })),
  };
}

function commonPrefix([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
