import type { TelemetryMessage } from "./telemetry.ts";

/** The messages that an agent sends over its telemetry connection. */
export type AgentTelemetry = Extract<
  TelemetryMessage,
  { readonly type: "PublishMetricsRequest" | "PublishHealthRequest" | "PublishInstanceStatusRequest" }
>;

/** Why a message is not taken. */
export type TelemetryRefusal = Extract<
  TelemetryMessage,
  { readonly type: "BadRequestException" | "InvalidParameterException" | "ResourceValidationException" }
>;

/** Tasks in a message of metrics. */
const mostTasks = 10;

/** Containers of a task in such a message: a definition has ten at most, and agents have a few of their own. */
const mostContainers = 20;

/** Entries in any other list. */
const mostEntries = 1000;

/** Reads the body of a message, and looks at each member that something follows from. */
export function readTelemetry(text: string): AgentTelemetry | TelemetryRefusal {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refusal("BadRequestException", "The message is no JSON");
  }
  const { type, message } = objectOf(parsed);
  const check =
    typeof type === "string" && Object.hasOwn(checks, type) ? checks[type as keyof typeof checks] : undefined;
  if (!check) return refusal("BadRequestException", "The type of the message is unknown");
  const problem = check(message, "message");
  if (problem !== undefined) return refusal("InvalidParameterException", problem);
  return { type, message } as AgentTelemetry;
}

function refusal(type: TelemetryRefusal["type"], message: string): TelemetryRefusal {
  return { type, message: { message } };
}

/** Says what is wrong with the value at `path`; `undefined` if nothing is. */
type Check = (value: unknown, path: string) => string | undefined;

const text: Check = (value, path) => (typeof value === "string" ? undefined : `${path} must be a string`);
const flag: Check = (value, path) => (typeof value === "boolean" ? undefined : `${path} must be a boolean`);
const number: Check = (value, path) => (Number.isFinite(value) ? undefined : `${path} must be a number`);
const positive: Check = (value, path) =>
  Number.isFinite(value) && (value as number) >= 0 ? undefined : `${path} must be a number of 0 or more`;

/** Seconds since 1970 that are a date (ECMA-262, 21.4.1.1). */
const time: Check = (value, path) =>
  Number.isFinite(value) && (value as number) >= 0 && (value as number) <= 8.64e12
    ? undefined
    : `${path} must be seconds since 1970`;

/** It is shown in terminals. */
const containerName: Check = (value, path) =>
  typeof value === "string" && /^[\w.~-]{1,255}$/.test(value) ? undefined : `${path} must be a container's name`;

function oneOf(...values: readonly string[]): Check {
  return (value, path) =>
    values.includes(value as string) ? undefined : `${path} must be one of ${values.join(", ")}`;
}

function list(entry: Check, most = mostEntries): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} must be a list`;
    if (value.length > most) return `${path} has more than ${most} entries`;
    return first(value.map((one, index) => () => entry(one, `${path}[${index}]`)));
  };
}

/** Members that are absent or null are wrong where they are `required`. What is not named is passed over. */
function structure(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return `${path} must be an object`;
    const members = value as Record<string, unknown>;
    return first([
      ...Object.entries(required).map(
        ([name, check]) =>
          () =>
            check(members[name], `${path}.${name}`),
      ),
      ...Object.entries(optional).map(
        ([name, check]) =>
          () =>
            (members[name] ?? undefined) === undefined ? undefined : check(members[name], `${path}.${name}`),
      ),
    ]);
  };
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const statsSet = structure({ min: number, max: number, sampleCount: positive, sum: number }, {});

const containerMetric = structure(
  { containerName },
  {
    cpuStatsSet: statsSet,
    memoryStatsSet: statsSet,
    networkStatsSet: structure({}, { rxBytesPerSecond: statsSet, txBytesPerSecond: statsSet }),
  },
);

const metadata = { cluster: text, containerInstance: text, messageId: text, idle: flag, fin: flag };

const checks = {
  PublishMetricsRequest: structure(
    { metadata: structure({}, metadata) },
    {
      taskMetrics: list(
        structure({ taskArn: text }, { containerMetrics: list(containerMetric, mostContainers) }),
        mostTasks,
      ),
      timestamp: number,
    },
  ),
  PublishHealthRequest: structure(
    {
      metadata: structure({}, metadata),
      tasks: list(
        structure(
          {
            taskArn: text,
            containers: list(
              structure(
                {
                  containerName,
                  healthStatus: oneOf("HEALTHY", "UNHEALTHY", "UNKNOWN"),
                  statusSince: time,
                },
                {},
              ),
            ),
          },
          {},
        ),
      ),
    },
    { timestamp: number },
  ),
  PublishInstanceStatusRequest: structure(
    {
      metadata: structure({}, { cluster: text, containerInstance: text, requestId: text }),
      statuses: list(
        structure(
          { type: text, status: oneOf("OK", "IMPAIRED", "INSUFFICIENT_DATA", "INITIALIZING") },
          { lastUpdated: time, lastStatusChange: time },
        ),
      ),
    },
    { timestamp: number },
  ),
};

function objectOf(value: unknown): Record<string, unknown> {
  return Object(value);
}
