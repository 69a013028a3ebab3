import { homedir } from "node:os";
import { join } from "node:path";
import { ECS } from "@aws-sdk/client-ecs";
import { startAgent } from "../agent/agent.ts";
import { systemClock } from "../clock.ts";
import { randomIds } from "../ids.ts";
import { jsonLog, plainLog } from "../log.ts";
import { readConfig } from "../server/config.ts";
import { openRuntime } from "../server/open-runtime.ts";
import { stopSignal } from "./stop-signal.ts";

export interface AgentFlags {
  readonly cluster: string;
  readonly endpoint: string;
  readonly region?: string;
  readonly data?: string;
  readonly runtime?: string;
  readonly jsonLogs?: boolean;
}

/** Runs only the agent, as a container instance of a cluster elsewhere, until SIGTERM or SIGINT. */
export async function agent(flags: AgentFlags): Promise<void> {
  const { cluster, endpoint, jsonLogs, ...rest } = flags;
  const data = flags.data ?? join(homedir(), ".sealift-agent");
  const config = readConfig({ ...rest, data }, process.env);
  const log = jsonLogs ? await jsonLog("info") : plainLog(process.stderr);
  const stopped = stopSignal();
  await using runtime = await openRuntime(config.runtime, data, {
    clock: systemClock,
    ids: randomIds,
  });
  await using running = await startAgent({
    cluster,
    endpoint,
    region: config.region,
    // The SDK's own chain: variables, files, or the machine's role.
    credentials: new ECS({ region: config.region }).config.credentials,
    runtime,
    stateFile: join(data, "agent.json"),
    fargate: true,
    cleanupWait: config.cleanupWait,
    clock: systemClock,
    ids: randomIds,
    log,
  });
  process.stdout.write(`Sealift's agent is ready as ${running.containerInstanceArn}\n`);
  await stopped;
}
