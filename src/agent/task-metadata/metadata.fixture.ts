import type { PayloadTask, RoleCredentials } from "../../acs/protocol.ts";
import { fakeClock } from "../../clock.ts";
import { defined } from "../../defined.ts";
import { randomIds } from "../../ids.ts";
import { type Log, silentLog } from "../../log.ts";
import type { ContainerState } from "../../runtime/containers.ts";
import { fakeRuntime } from "../../runtime/fake.ts";
import type { Stats } from "../../runtime/stats.ts";
import { advance } from "../engine/advance.ts";
import type { RoleType } from "../engine/credentials.ts";
import { container, payload, taskArn } from "../engine/task.fixture.ts";
import { type AgentTask, newTask } from "../engine/task.ts";
import type { MetadataRequest } from "./answer.ts";
import { callers } from "./caller.ts";
import { endpointIds } from "./endpoint-ids.ts";
import type { Metadata } from "./metadata.ts";
import { route } from "./routes.ts";
import { statsReader } from "./shape/stats.ts";

export const endpointAddress = "169.254.170.2";
export const bridgeAddress = "172.17.0.5";

export const taskRole: RoleCredentials = {
  credentialsId: "6f1c1dd8-4b6a-4a3f-9a8e-0c4f2c0a1b11",
  roleArn: "arn:aws:iam::123456789012:role/app",
  accessKeyId: "ASIAAPP",
  secretAccessKey: "canary-app-key",
  sessionToken: "canary-app-token",
  expiration: "2026-01-02T09:04:05.000Z",
};

export const executionRole: RoleCredentials = {
  ...taskRole,
  credentialsId: "77c6e1f0-93d5-4f0e-8c5f-1d2b3c4d5e6f",
  roleArn: "arn:aws:iam::123456789012:role/execution",
};

export const instanceId = "0b0e51a5-4b6a-4a3f-9a8e-0c4f2c0a1b22";

/** A task whose containers run; the runtime's id of each is `<name>-id`. */
export function runningTask(change: Partial<PayloadTask> = {}): AgentTask {
  const arrived = payload([container("web")], {
    roleCredentials: taskRole,
    executionRoleCredentials: executionRole,
    ...change,
  });
  let task = newTask(arrived, []);
  for (const { name } of arrived.containers) {
    const at = Date.parse("2026-01-02T03:04:10.000Z");
    task = advance(task, { kind: "pulling", container: name }, at - 3_000);
    task = advance(task, { kind: "pulled", container: name }, at - 2_000);
    task = advance(task, { kind: "creating", container: name, runtimeName: `ecs-${name}` }, at);
    task = advance(task, { kind: "created", container: name, id: `${name}-id` }, at);
    task = advance(task, { kind: "started", container: name, at, ports: [] }, at);
  }
  return task;
}

export interface MetadataWorldOptions {
  readonly tasks?: readonly AgentTask[];
  /** What the runtime says of a container, beside the least. */
  readonly states?: Readonly<Record<string, Partial<ContainerState>>>;
  readonly sessions?: Partial<Record<RoleType, RoleCredentials>>;
  readonly stats?: Stats;
  readonly change?: Partial<Metadata>;
}

/** The routes with everything that they need, and all that was logged. */
export function metadataWorld(options: MetadataWorldOptions = {}) {
  const tasks = options.tasks ?? [runningTask()];
  const { sessions = { TaskApplication: taskRole, TaskExecution: executionRole } } = options;
  const logged: object[] = [];
  const log: Log = { ...silentLog, warn: (fields) => void logged.push(fields) };
  const runtime = fakeRuntime({ clock: fakeClock(), ids: randomIds });
  async function inspect(id: string): Promise<ContainerState | undefined> {
    const known = tasks.flatMap(({ containers }) => containers).find(({ attempt }) => attempt.runtimeId === id);
    const given = options.states?.[id];
    if (!known && !given) return undefined;
    const networks = [{ name: "bridge", address: bridgeAddress }];
    const least = { id, name: `ecs-${id}`, labels: {}, status: "running", isNamespace: false, ports: [] } as const;
    return { ...least, networks, ...given };
  }
  const containers = { ...runtime.containers, inspect };
  const metadata: Metadata = {
    cluster: "default",
    region: "eu-west-1",
    containerInstanceArn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/default/1",
    subnet: { cidr: "10.1.0.0/16", gateway: "10.1.0.1" },
    runtime: { containers },
    stats: statsReader(options.stats),
    ids: endpointIds("key", () => tasks),
    callers: callers(endpointAddress, containers, false),
    log,
    protection: {
      get: () => Promise.reject(new Error("nobody asks")),
      update: () => Promise.reject(new Error("nobody asks")),
    },
    instance: {
      id: instanceId,
      credentials: async () => ({
        accessKeyId: "ASIAINSTANCE",
        secretAccessKey: "canary-instance-key",
        sessionToken: "t",
      }),
    },
    tasks: () => tasks,
    credentials: (_arn, roleType) => sessions[roleType],
    tags: async () => ({}),
    ...options.change,
  };
  return {
    metadata,
    logged,
    /** The id of the container in paths. */
    id: (name = "web", arn = taskArn) => metadata.ids.of(arn, name),
    async ask(target: string, request: Partial<MetadataRequest> = {}) {
      const { pathname: path, searchParams: query } = new URL(`http://localhost${target}`);
      const given = { method: "GET", path, query, body: "", from: bridgeAddress, ...request };
      const { status, text, type, headers } = await route(metadata, given);
      const body: unknown = type === "application/json" ? JSON.parse(text) : text;
      return defined({ status, body, text, headers });
    },
  };
}
