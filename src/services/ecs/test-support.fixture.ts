import assert from "node:assert/strict";
import {
  type Attribute,
  type ContainerStateChange,
  ECS,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { openEmptySqlite } from "../../../test/support/databases.ts";
import { type InProcessOptions, inProcess } from "../../../test/support/in-process.ts";
import { type HeldSecret, heldAttachments } from "../../acs/held-secrets.ts";
import type { AcsMessage, AcsMessages, PayloadTask } from "../../acs/protocol.ts";
import type { ServiceEvent } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { localWakes } from "../../concurrency/wakes.ts";
import { defined } from "../../defined.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { silentLog } from "../../log.ts";
import type { Access, Call } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import { type AcsSession, acsSession } from "./acs/session.ts";
import type { AssumeRole, Ecs } from "./context.ts";
import { ecsService } from "./index.ts";
import type { CurrentVersions } from "./secrets/references.ts";
import type { TrailReads } from "./secrets/trail.ts";
import { ecsStore } from "./store.ts";
import { latestFigures } from "./tcs/figures.ts";

export const executionRole = "arn:aws:iam::111122223333:role/execution";
export const taskRole = "arn:aws:iam::111122223333:role/app";

export interface TestOptions extends Partial<Omit<InProcessOptions, "clock">> {
  readonly database?: Database;
  readonly assumeRole?: AssumeRole;
  readonly strictResources?: boolean;
  readonly denyPlaintextSecrets?: boolean;
  readonly publicUrl?: string;
  readonly currentVersions?: CurrentVersions;
  readonly trailReads?: TrailReads;
}

/** ECS in this process behind the real SDK client, with a clock and timers that only move when told to. */
export async function openEcs(options: TestOptions = {}) {
  const database = options.database ?? (await openEmptySqlite());
  const clock = fakeClock();
  const timers = fakeTimers();
  const errors: unknown[] = [];
  const warnings: object[] = [];
  const auditEvents: ServiceEvent[] = [];
  const wakes = localWakes();
  const context: Ecs = {
    store: ecsStore(database, keyring(Buffer.alloc(32, 7))),
    wakes,
    replica: "replica",
    figures: latestFigures(clock),
    log: { ...silentLog, warn: (fields, message) => void warnings.push({ ...fields, message }) },
    auditEvents: { record: async (event) => void auditEvents.push(event) },
    clock,
    ids: randomIds,
    timers,
    assumeRole:
      options.assumeRole ??
      (async ({ roleArn, sessionName }) => ({
        credentials: {
          accessKeyId: `ASIA${roleArn.split("/")[1]}`,
          secretAccessKey: "key",
          sessionToken: sessionName,
          expiration: new Date(clock.now().getTime() + 6 * 3_600_000),
        },
      })),
    strictResources: options.strictResources ?? false,
    denyPlaintextSecrets: options.denyPlaintextSecrets ?? false,
    ...defined({
      publicUrl: options.publicUrl,
      currentVersions: options.currentVersions,
      trailReads: options.trailReads,
    }),
    onError: (error) => errors.push(error),
  };
  const ecs = new ECS(inProcess([ecsService(context)], { clock, ...options }));
  return {
    ecs,
    context,
    clock,
    timers,
    /** Errors of work that nobody waited for. */
    errors,
    /** Logged warnings, and events that services recorded in the audit trail. */
    warnings,
    auditEvents,
    async [Symbol.asyncDispose]() {
      ecs.destroy();
      await database[Symbol.asyncDispose]();
      assert.deepEqual(errors, []);
    },
  };
}

/** An authoriser that allows everything, and has a change happen once, between the authorisation of an action and its run. */
export function meanwhile() {
  const changes = new Map<string, () => Promise<unknown>>();
  return {
    authorize: async (_call: Call, { action }: Access): Promise<undefined> => {
      const change = changes.get(action);
      changes.delete(action);
      await change?.();
    },
    /** The next time that `action` is authorised, `change` happens before anything else. */
    during(action: string, change: () => Promise<unknown>): void {
      changes.set(action, change);
    },
  };
}

export type TestEcs = Awaited<ReturnType<typeof openEcs>>;

export interface AgentOptions {
  readonly cluster?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly subnet?: string;
  readonly attributes?: readonly Attribute[];
  /** `false`: the agent acknowledges no payloads. */
  readonly acknowledge?: boolean;
}

/** Capabilities that the tests' task definitions ask for. */
const capabilities = [
  "sealift.fargate",
  "sealift.execute-command",
  "sealift.secret-versions",
  "ecs.capability.execute-command",
  "ecs.capability.container-health-check",
  "ecs.capability.task-eni",
  "ecs.capability.task-cpu-mem-limit",
  "ecs.capability.secrets.ssm.environment-variables",
  "ecs.capability.secrets.asm.environment-variables",
  "ecs.capability.execution-role-awslogs",
  "com.amazonaws.ecs.capability.logging-driver.awslogs",
  "com.amazonaws.ecs.capability.task-iam-role",
  "com.amazonaws.ecs.capability.docker-remote-api.1.17",
  "com.amazonaws.ecs.capability.docker-remote-api.1.18",
  "com.amazonaws.ecs.capability.docker-remote-api.1.19",
  "com.amazonaws.ecs.capability.docker-remote-api.1.21",
  "com.amazonaws.ecs.capability.docker-remote-api.1.24",
];

/** An agent that plays the protocol and runs nothing: tests say what its containers do. */
export async function startFakeAgent({ ecs, context }: Pick<TestEcs, "ecs" | "context">, options: AgentOptions = {}) {
  const cluster = options.cluster ?? "default";
  const { containerInstance } = await ecs.registerContainerInstance({
    cluster,
    totalResources: [
      { name: "CPU", type: "INTEGER", integerValue: options.cpu ?? 2048 },
      { name: "MEMORY", type: "INTEGER", integerValue: options.memory ?? 4096 },
      { name: "PORTS", type: "STRINGSET", stringSetValue: ["22"] },
      { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: [] },
    ],
    attributes: [
      ...(options.attributes ?? capabilities.map((name) => ({ name }))),
      { name: "sealift.subnet", value: options.subnet ?? "172.20.0.0/16" },
      { name: "sealift.subnet-gateway", value: "172.20.0.1" },
    ],
  });
  const arn = containerInstance!.containerInstanceArn!;
  const received: AcsMessage[] = [];
  let session: AcsSession | undefined;

  async function connect(): Promise<AcsSession> {
    const opened = await acsSession(context, arn, {
      send(message) {
        received.push(message);
        if (message.type !== "PayloadMessage" || options.acknowledge === false) return;
        const { messageId } = message.message;
        queueMicrotask(() =>
          session?.receive({ type: "AckRequest", message: { cluster, containerInstance: arn, messageId } }),
        );
      },
      close() {},
    });
    assert(opened);
    session = opened;
    await opened.idle();
    return opened;
  }

  function messages<Type extends AcsMessage["type"]>(type: Type): AcsMessages[Type][] {
    return received.filter((message) => message.type === type).map(({ message }) => message as AcsMessages[Type]);
  }

  await connect();
  return {
    arn,
    received,
    messages,
    connect,
    session: () => session!,
    async disconnect() {
      await session!.closed();
    },
    /** The newest payload of a task, once everything has been sent. */
    async payload(task: string): Promise<PayloadTask> {
      await session!.idle();
      const found = messages("PayloadMessage")
        .flatMap(({ tasks }) => tasks)
        .findLast((payload) => payload.arn === task);
      assert(found, `no payload for ${task}`);
      return found;
    },
    /** Tells of a task as an agent does, its first container unless `containers` are given. */
    async tell(
      task: string,
      status: string,
      more: { reason?: string; containers?: ContainerStateChange[]; held?: readonly HeldSecret[] } = {},
    ) {
      const { containers } = (await ecs.describeTasks({ cluster, tasks: [task] })).tasks![0]!;
      await ecs.submitTaskStateChange({
        cluster,
        task,
        status,
        containers:
          more.containers ?? containers!.map(({ name }) => ({ containerName: name!, status, runtimeId: "docker-id" })),
        ...(more.reason !== undefined && { reason: more.reason }),
        ...(more.held && { attachments: [...heldAttachments(more.held)] }),
      });
    },
    /** Does what is wanted of every task: runs it, with the secrets that it is to hold, or stops it. */
    async obey(held?: (task: string) => Promise<readonly HeldSecret[]>) {
      await session!.idle();
      for (const task of await context.store.tasks.liveOn(arn)) {
        if (task.desiredStatus === "STOPPED") {
          const containers = task.containers.map(({ name }) => ({
            containerName: name,
            status: "STOPPED",
            exitCode: 143,
          }));
          await this.tell(task.arn, "STOPPED", { containers });
        } else if (task.lastStatus !== "RUNNING") {
          await this.tell(task.arn, "RUNNING", defined({ held: await held?.(task.arn) }));
        }
      }
    },
  };
}

export type FakeAgent = Awaited<ReturnType<typeof startFakeAgent>>;

/** A task definition for every launch type, with secrets and roles. */
export function webDefinition(): RegisterTaskDefinitionCommandInput {
  return {
    family: "web",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: "256",
    memory: "512",
    executionRoleArn: executionRole,
    taskRoleArn: taskRole,
    containerDefinitions: [
      {
        name: "app",
        image: "nginx",
        portMappings: [{ containerPort: 80 }],
        environment: [{ name: "MODE", value: "plain" }],
        secrets: [
          { name: "TOKEN", valueFrom: "/web/token" },
          {
            name: "PASSWORD",
            valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::",
          },
        ],
      },
    ],
  };
}

/** A task definition that needs nothing but a little memory and a host port. */
export const plainDefinition = {
  family: "plain",
  containerDefinitions: [
    { name: "app", image: "busybox", memory: 128, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
  ],
};

/** The default cluster with the plain definition, and no instance. */
export async function openPlain(options: TestOptions = {}) {
  const own = await openEcs(options);
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition(plainDefinition);
  return own;
}

export const network = { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } };

/** Waiters poll; this many milliseconds suit a test's in-process server. */
export const waiting = { maxWaitTime: 5, minDelay: 0.01, maxDelay: 0.02 } as const;
