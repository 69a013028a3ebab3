import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { RoleCredentials } from "../acs/protocol.ts";
import { logConfigOf } from "./engine/log-config.ts";
import { type AgentTask, containerOf, payloadOf } from "./engine/task.ts";
import type { Endpoints } from "./link/endpoints.ts";
import { AwslogsOptionError, awslogsOptions, isTrue } from "./log-shipping/options.ts";

/** Why a container's log driver will not be able to deliver, in the words of Docker's driver; `undefined` if nothing is known. */
export type LogStreams = (
  task: AgentTask,
  container: string,
  session: RoleCredentials | undefined,
) => Promise<string | undefined>;

export interface LogStreamsOptions {
  readonly endpoints: Pick<Endpoints, "call">;
  /** CloudWatch Logs, where it is not the control plane's. */
  readonly endpoint?: string;
  /** For tasks without an execution role. */
  readonly instanceCredentials: AwsCredentialIdentityProvider;
  /** The agent delivers in the driver's place. */
  readonly isShipped?: boolean;
}

/** Milliseconds. */
const requestTimeout = 5_000;

/** What trying again does not mend. After anything else the driver goes on by itself. */
export const lasting = ["AccessDeniedException", "ResourceNotFoundException", "InvalidParameterException"];

/**
 * Makes the streams of containers whose output the agent delivers, and of those whose driver `awslogs` does not block: such a driver
 * makes its stream later, and says to nobody that it may not. As on Fargate, the task then fails instead of losing its output.
 */
export function logStreams(options: LogStreamsOptions): LogStreams {
  return async (task, container, session) => {
    const { driver, options: given = {} } = logConfigOf(payloadOf(task, container)) ?? {};
    const { "awslogs-group": group, "awslogs-region": region } = given;
    if (driver !== "awslogs") return undefined;
    if (options.isShipped) {
      const problem = problemOf(given);
      if (problem !== undefined) return problem;
    } else if (given.mode !== "non-blocking") return undefined;
    if (!group || !region) return undefined;
    // An empty name is none, as with Docker's driver.
    const stream = given["awslogs-stream"] || (containerOf(task, container).attempt.runtimeId ?? "");
    const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
    const credentials = session ? sessionOf(session) : options.instanceCredentials;
    try {
      await options.endpoints.call(async (current) => {
        const endpoint = options.endpoint ?? current;
        const logs = new CloudWatchLogs({
          ...{ region, credentials, requestHandler: { requestTimeout } },
          ...(endpoint !== undefined && { endpoint }),
        });
        try {
          await makeStream(logs, group, stream, isTrue(given["awslogs-create-group"]));
        } finally {
          logs.destroy();
        }
      });
      return undefined;
    } catch (error) {
      return error instanceof StreamError ? error.message : undefined;
    }
  };
}

function problemOf(given: Readonly<Record<string, string>>): string | undefined {
  try {
    awslogsOptions(given);
    return undefined;
  } catch (error) {
    if (error instanceof AwslogsOptionError) return error.message;
    throw error;
  }
}

/** Makes a log stream, and its group where `createsGroup` says so. Does nothing where it is there. */
export async function makeStream(
  logs: CloudWatchLogs,
  group: string,
  stream: string,
  createsGroup: boolean,
): Promise<void> {
  const input = { logGroupName: group, logStreamName: stream };
  const isMissing = await existing(logs.createLogStream(input)).catch((error: unknown) => {
    if (createsGroup && nameOf(error) === "ResourceNotFoundException") return true;
    throw failed("stream", error);
  });
  if (!isMissing) return;
  await existing(logs.createLogGroup({ logGroupName: group })).catch((error: unknown) => {
    throw failed("group", error);
  });
  await existing(logs.createLogStream(input)).catch((error: unknown) => {
    throw failed("stream", error);
  });
}

/** A refusal that lasts, in the words of Docker's driver. */
export class StreamError extends Error {}

/** An error that lasts, in the words of Docker's driver; any other is left as it is. */
function failed(what: "stream" | "group", error: unknown): unknown {
  return lasting.includes(nameOf(error)) ? new StreamError(streamFailure(what, error)) : error;
}

/** A refusal of CloudWatch Logs in the words of Docker's driver. */
export function streamFailure(what: "stream" | "group", error: unknown): string {
  const { name, message, $metadata } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  };
  const { httpStatusCode = 400, requestId = "" } = $metadata ?? {};
  return `failed to create Cloudwatch log ${what}: ${name}: ${message}\n\tstatus code: ${httpStatusCode}, request id: ${requestId}`;
}

/** Resolves to false once it exists. */
async function existing(work: Promise<unknown>): Promise<false> {
  await work.catch((error: unknown) => {
    if (nameOf(error) !== "ResourceAlreadyExistsException") throw error;
  });
  return false;
}

/** Empty where there is none. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

export function sessionOf({ accessKeyId, secretAccessKey, sessionToken }: RoleCredentials) {
  return { accessKeyId, secretAccessKey, sessionToken };
}
