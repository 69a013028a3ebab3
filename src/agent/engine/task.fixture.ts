import type { PayloadContainer, PayloadSecret, PayloadTask, RoleCredentials } from "../../acs/protocol.ts";
import { resources } from "../resources/index.ts";
import { advance } from "./advance.ts";
import { type AgentTask, type Attempt, newTask, type TaskEvent } from "./task.ts";

export const taskArn = "arn:aws:ecs:eu-west-1:123456789012:task/default/0123456789abcdef0123456789abcdef";

/** Every secret part is recognisable, to be looked for where it must not be. */
export const credentials: RoleCredentials = {
  credentialsId: "credentials-1",
  roleArn: "arn:aws:iam::123456789012:role/execution",
  accessKeyId: "ASIACANARY",
  secretAccessKey: "canary-secret-access-key",
  sessionToken: "canary-session-token",
  expiration: "2026-01-02T09:04:05Z",
};

export const secret: PayloadSecret = {
  name: "PASSWORD",
  valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:password-AbCdEf",
  provider: "asm",
  region: "eu-west-1",
  type: "ENVIRONMENT_VARIABLE",
  target: "CONTAINER",
};

export function container(name: string, change: Partial<PayloadContainer> = {}): PayloadContainer {
  return {
    name,
    image: `${name}-image`,
    environment: {},
    essential: true,
    cpu: 0,
    memory: 0,
    portMappings: [],
    secrets: [],
    dockerConfig: { config: "{}", hostConfig: "{}", version: "1.25" },
    ...change,
  };
}

export function payload(containers: readonly PayloadContainer[], change: Partial<PayloadTask> = {}): PayloadTask {
  return {
    arn: taskArn,
    family: "web",
    version: "3",
    desiredStatus: "RUNNING",
    launchType: "EC2",
    containers,
    ...change,
  };
}

export function awsvpc(address = "10.1.0.5"): Partial<PayloadTask> {
  return {
    networkMode: "awsvpc",
    elasticNetworkInterfaces: [
      {
        attachmentArn: "arn:aws:ecs:eu-west-1:123456789012:attachment/1",
        ec2Id: "eni-1",
        macAddress: "02:00:00:00:00:01",
        ipv4Addresses: [{ primary: true, privateAddress: address }],
        subnetGatewayIpv4Address: "10.1.0.1/16",
        privateDnsName: "ip-10-1-0-5.internal",
      },
    ],
  };
}

/** A task as it arrives, with the resources that it needs. */
export function arrived(task: PayloadTask): AgentTask {
  const bare = newTask(task, []);
  return newTask(
    task,
    resources.filter(({ needed }) => needed(bare)).map(({ kind }) => kind),
  );
}

/** A task whose containers are in the given states. */
export function taskWith(
  containers: readonly PayloadContainer[],
  states: Readonly<Record<string, Partial<Attempt>>> = {},
  change: Partial<AgentTask> = {},
): AgentTask {
  const task = arrived(payload(containers));
  const attempted = task.containers.map((one) => ({ ...one, attempt: { ...one.attempt, ...states[one.name] } }));
  return { ...task, containers: attempted, ...change };
}

export function after(task: AgentTask, events: readonly TaskEvent[], now = 1000): AgentTask {
  return events.reduce((current, event) => advance(current, event, now), task);
}
