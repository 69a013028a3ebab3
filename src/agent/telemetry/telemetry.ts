import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { writeSignedFrame } from "../../acs/signed-frame.ts";
import type { AgentTelemetry } from "../../acs/telemetry-message.ts";
import type { Ids } from "../../ids.ts";
import type { Stats } from "../../runtime/stats.ts";
import type { AgentTask } from "../engine/task.ts";
import { type ConnectionOptions, keepConnection, type SendText } from "../link/connection.ts";
import type { ControlPlane } from "../link/control-plane.ts";
import { agentHash, agentVersion } from "../link/register.ts";
import { signedHeaders, signedUrl } from "../link/sign.ts";
import { healthOf, isNewHealth } from "./health.ts";
import { sampler } from "./sampler.ts";

export interface TelemetryOptions extends ConnectionOptions {
  readonly controlPlane: Pick<ControlPlane, "discover">;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly ids: Ids;
  /** Absent where the runtime has no statistics: then there is only health. */
  readonly stats: Pick<Stats, "read"> | undefined;
  tasks(): readonly AgentTask[];
  /** Called, once a connection each, where a container cannot be looked at and where the control plane refuses a message. */
  onProblem(reason: string): void;
}

export interface Telemetry extends AsyncDisposable {
  /** To be called when a task has changed: what is new of its health is told at once. */
  changed(task: AgentTask): void;
}

/** Milliseconds between two messages of metrics; as AWS's agent. */
const publishInterval = 20_000;

/** Milliseconds between two looks at what the containers use. */
const sampleInterval = 10_000;

/** Tasks in one message. */
const mostTasks = 10;

/** The control plane's messages that say that it did not take one of ours. */
const refusals = ["BadRequestException", "InvalidParameterException", "ResourceValidationException", "ServerException"];

/** Tells the control plane what the tasks use, and how healthy they are, until it is disposed of. */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const { controlPlane, cluster, containerInstanceArn, ids, clock, timers, tasks } = options;
  /** Of the present connection. */
  let send: SendText | undefined;
  let url: URL | undefined;
  const told = new Set<string>();
  const known = new Map<string, AgentTask>();
  let sending = Promise.resolve();

  function problem(reason: string): void {
    if (told.has(reason)) return;
    told.add(reason);
    options.onProblem(reason);
  }
  const samples = options.stats
    ? sampler({ stats: options.stats, tasks, onFailure: (error) => problem(String(error)) })
    : undefined;

  /** In order, as each message is signed before it is sent. */
  function tell(message: AgentTelemetry): void {
    const [to, where] = [send, url];
    if (!to || !where) return;
    const body = JSON.stringify(message);
    sending = sending.then(async () => {
      try {
        to(writeSignedFrame({ headers: await signedHeaders(options, where, body), body }));
      } catch (error) {
        problem(`Cannot sign: ${String(error)}`);
      }
    });
  }

  function metadata(fin: boolean) {
    return { cluster, containerInstance: containerInstanceArn, messageId: ids.uuid(), fin };
  }

  function timestamp(): number {
    return clock.now().getTime() / 1000;
  }

  function tellMetrics(): void {
    if (!send) return;
    const all = samples?.take() ?? [];
    for (let start = 0; start < all.length; start += mostTasks) {
      const taskMetrics = all.slice(start, start + mostTasks);
      const fin = start + mostTasks >= all.length;
      tell({
        type: "PublishMetricsRequest",
        message: { metadata: { ...metadata(fin), idle: false }, taskMetrics, timestamp: timestamp() },
      });
    }
  }

  function tellHealth(of: readonly AgentTask[]): void {
    const all = of.flatMap((task) => healthOf(task) ?? []);
    for (let start = 0; start < all.length; start += mostTasks) {
      const fin = start + mostTasks >= all.length;
      tell({
        type: "PublishHealthRequest",
        message: {
          metadata: metadata(fin),
          tasks: all.slice(start, start + mostTasks),
          timestamp: timestamp(),
        },
      });
    }
  }

  /** What is told in between is told by the next look. */
  function sample(): void {
    samples?.sample().catch((error: unknown) => problem(String(error)));
  }

  const connection = keepConnection(options, {
    async target(signal) {
      const found = await controlPlane.discover({ cluster, containerInstance: containerInstanceArn }, signal);
      return {
        async open() {
          if (!found.telemetryUrl) throw new Error("Cannot tell telemetry: the control plane named no endpoint");
          const query = { agentHash, agentVersion, cluster, containerInstance: containerInstanceArn };
          const signed = await signedUrl(options, found.telemetryUrl, query);
          url = signed.url;
          return signed;
        },
        // The other connection says whether the endpoint answers.
        lost() {},
      };
    },
    onOpen(sendText) {
      send = sendText;
      told.clear();
      tellHealth(tasks());
      tellMetrics();
    },
    onText(text) {
      const { type, message } = read(text);
      if (refusals.includes(String(type))) problem(`${type}: ${message?.message}`);
    },
    onEnd() {
      send = undefined;
    },
  });
  const stops = [
    timers.every(sampleInterval, sample),
    // The server may have missed a change, so that everything is told again.
    timers.every(publishInterval, () => {
      tellMetrics();
      tellHealth(tasks());
    }),
  ];
  return {
    changed(task) {
      const before = known.get(task.arn);
      if (task.removedAt === undefined) known.set(task.arn, task);
      else known.delete(task.arn);
      samples?.begin(task).catch((error: unknown) => problem(String(error)));
      if (isNewHealth(before, task)) tellHealth([task]);
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await connection[Symbol.asyncDispose]();
      await sending;
    },
  };
}

function read(text: string): { readonly type?: unknown; readonly message?: { readonly message?: unknown } } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
