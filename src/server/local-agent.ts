import { type Agent, type SecretsFrom, startAgent } from "../agent/agent.ts";
import { defined } from "../defined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { ensureRole } from "../services/iam/index.ts";
import { assumeRoleAsService } from "../services/sts/index.ts";
import type { Config } from "./config.ts";
import type { ControlPlane } from "./control-plane.ts";

export interface LocalAgentOptions {
  readonly config: Config;
  readonly endpoint: string;
  readonly partition: string;
  readonly runtime: Runtime;
  readonly stateFile: string;
  readonly secretsFrom: SecretsFrom | undefined;
}

const instanceService = "ec2.amazonaws.com";

/** Seconds. */
const sessionDuration = 6 * 60 * 60;

/**
 * The agent of the machine that the control plane runs on. It gets a session of the role `ecsInstanceRole`, as a
 * container instance does on AWS, and talks to the control plane through the protocol only.
 */
export async function startLocalAgent(plane: ControlPlane, options: LocalAgentOptions): Promise<Agent> {
  const { config, secretsFrom, ...rest } = options;
  const { clock, ids, log, timers } = plane.surroundings;
  const roleArn = await ensureRole(
    { store: plane.iam, clock, ids },
    {
      account: config.account,
      partition: options.partition,
      name: "ecsInstanceRole",
      description: "Container instances of this installation",
      principal: { Service: instanceService },
      awsPolicies: ["service-role/AmazonEC2ContainerServiceforEC2Role"],
    },
  );
  return startAgent({
    ...rest,
    ...{ clock, ids, log, timers },
    endpoints: [options.endpoint],
    cluster: "default",
    region: config.region,
    ...defined({ secretsFrom, s3Endpoint: config.s3Endpoint, awslogsEndpoint: config.awslogsEndpoint }),
    fargate: true,
    tellsEndpoint: config.endpointEnv,
    taskEndpoint: config.taskEndpoint,
    cleanupWait: config.cleanupWait,
    async credentials() {
      const request = {
        service: instanceService,
        roleArn,
        sessionName: "sealift-local",
        durationSeconds: sessionDuration,
      };
      const result = await assumeRoleAsService({ ...plane, clock }, request);
      if ("denied" in result) throw new Error(`Cannot assume ${roleArn} for this machine: ${result.denied}`);
      return result.credentials;
    },
  });
}
