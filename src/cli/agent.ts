import { homedir } from "node:os";
import { join } from "node:path";
import { ECS } from "@aws-sdk/client-ecs";
import { startAgent } from "../agent/agent.ts";
import { systemClock } from "../clock.ts";
import { lockDirectory } from "../concurrency/directory-lock.ts";
import { defined } from "../defined.ts";
import { randomIds } from "../ids.ts";
import { jsonLog, plainLog } from "../log.ts";
import { ConfigError, readConfig } from "../server/config.ts";
import { openRuntime } from "../server/open-runtime.ts";
import { trustAuthorities } from "../server/tls.ts";
import { started } from "./started.ts";
import { stopSignal } from "./stop-signal.ts";

export interface AgentFlags {
  readonly cluster: string;
  readonly endpoint: readonly string[];
  readonly region?: string;
  readonly caCert?: string;
  readonly data?: string;
  readonly runtime?: string;
  readonly s3Endpoint?: string;
  readonly awslogsEndpoint?: string;
  readonly imagePullBehavior?: string;
  readonly endpointEnv?: boolean;
  readonly taskEndpoint?: string;
  readonly jsonLogs?: boolean;
}

/** Runs the agent alone, as a container instance of a cluster elsewhere, until SIGTERM or SIGINT. */
export async function agent(flags: AgentFlags): Promise<void> {
  const { cluster, endpoint: endpoints, jsonLogs, ...rest } = flags;
  const data = flags.data ?? join(homedir(), ".sealift-agent");
  const config = readConfig({ ...rest, data }, process.env);
  if (config.caCert !== undefined) trustAuthorities(config.caCert);
  for (const endpoint of endpoints) {
    if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
      throw new ConfigError(`Cannot use endpoint "${endpoint}": it must be a URL such as http://192.0.2.1:4566`);
    }
  }
  // Before the runtime is opened, which would end what another agent's tasks run.
  using lock = lockDirectory(data);
  if (!lock) throw new ConfigError(`Cannot use the data directory ${data}: another agent uses it`);
  const log = jsonLogs ? await jsonLog("info") : plainLog(process.stderr);
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = stopSignal().then(() => stopping.abort());
  await using runtime = await openRuntime(config, data, { clock: systemClock, ids: randomIds, mayWait: true });
  await using running = await startAgent({
    cluster,
    endpoints,
    region: config.region,
    ...defined({ s3Endpoint: config.s3Endpoint, awslogsEndpoint: config.awslogsEndpoint }),
    // The SDK's own chain: variables, files, or the machine's role.
    credentials: new ECS({ region: config.region }).config.credentials,
    runtime,
    stateFile: join(data, "agent.db"),
    fargate: true,
    tellsEndpoint: config.endpointEnv,
    taskEndpoint: config.taskEndpoint,
    cleanupWait: config.cleanupWait,
    clock: systemClock,
    ids: randomIds,
    log,
    signal,
  }).catch((cause: Error) => {
    if (signal.aborted) return undefined;
    throw new Error(`Cannot join the cluster "${cluster}" at ${endpoints.join(", ")}`, { cause: explained(cause) });
  });
  if (!running) return;
  process.stdout.write(`Sealift's agent is ready as ${running.containerInstanceArn}\n`);
  await started();
  await stopped;
}

/** Replaces an error of the SDK that does not say what to do. */
function explained(error: Error): Error {
  if (error.name !== "CredentialsProviderError") return error;
  return new Error("there are no AWS credentials to sign with; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
}
