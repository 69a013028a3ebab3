import type { Events, ServiceEvent } from "../../../audit/index.ts";
import type { Clock } from "../../../clock.ts";
import type { Timers } from "../../../concurrency/timers.ts";
import type { SecretsManager } from "../context.ts";
import type { Rotator } from "../index.ts";
import { placeOf } from "../secrets/secret.ts";
import { attach, current, detach, pending } from "../secrets/stages.ts";
import { leaseDuration } from "./records.ts";
import {
  afterFailure,
  afterStep,
  newRun,
  type Rotation,
  RotationFailure,
  type Run,
  reattempted,
  stepEvent,
} from "./rotation.ts";
import { windowAfter } from "./schedule.ts";

export interface RotatorOptions {
  readonly context: SecretsManager;
  readonly events: Events;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told what went wrong that is no rotation function's failure. */
  onError(error: unknown): void;
  /** Told of each rotation that ended. */
  onEvent(event: ServiceEvent): void;
}

/** Turns secrets over, step by step. What was done is in the database before the next step is begun. */
export function rotator({ context, events, clock, timers, onError, onEvent }: RotatorOptions): Rotator {
  const { secrets, rotations, functions, ids } = context;

  /** Begins the rotation whose window has begun; one that was given up is tried again. */
  async function begin(arn: string): Promise<void> {
    const now = clock.now();
    await secrets.change(arn, { now, withRotation: true }, (secret, _version, rotation) => {
      if (!rotation?.rotatesAt || rotation.rotatesAt > now || rotation.run?.dueAt) return { answer: undefined };
      const rotatesAt = rotation.rules && windowAfter(rotation.rules, rotation.rotatesAt, now);
      if (secret.deletesAt || secret.primaryRegion) {
        return { answer: undefined, rotation: { ...rotation, rotatesAt } };
      }
      const holder = secret.stages.get(pending);
      const isHeld = holder !== undefined && holder !== secret.stages.get(current);
      // Nobody knows what a version is for that was left pending by hand.
      if (isHeld && holder !== rotation.run?.token) return { answer: undefined, rotation: { ...rotation, rotatesAt } };
      const run = rotation.run ? reattempted(rotation.run, now) : newRun(ids.uuid(), "rotation", now);
      const stages = attach(secret.stages, [pending], run.token);
      return { answer: undefined, secret: { ...secret, stages }, rotation: { ...rotation, rotatesAt, run } };
    });
  }

  async function goOn(arn: string): Promise<void> {
    const lease = ids.uuid();
    const claimed = await rotations.claim(arn, lease, clock.now());
    if (!claimed?.run) return;
    const stopRenewing = timers.every(leaseDuration / 3, () => {
      rotations.renew(arn, lease, clock.now()).catch(onError);
    });
    try {
      await tellOfStart(arn, lease, claimed.run);
      for (let rotation: Rotation | undefined = claimed; rotation?.run; ) {
        rotation = await step(arn, lease, rotation, rotation.run);
      }
    } finally {
      stopRenewing();
    }
  }

  /** The rotation as it goes on now; `undefined` where it does not. */
  async function step(arn: string, lease: string, rotation: Rotation, run: Run): Promise<Rotation | undefined> {
    const failure = await failureOf(arn, rotation.functionArn, run);
    if (failure !== undefined) return failed(arn, lease, run, failure);
    const next = afterStep(run);
    if (next) return rotations.advance(arn, lease, (now) => ({ ...now, run: { ...next, isStarted: true } }));
    const moved = run.kind === "test" || (await isFinished(arn, run.token));
    if (!moved) return failed(arn, lease, run, "The rotation function left AWSCURRENT where it was");
    await succeeded(arn, lease, run);
    return undefined;
  }

  /** Why the step could not be done; `undefined` where it was. */
  async function failureOf(arn: string, functionArn: string, run: Run): Promise<string | undefined> {
    try {
      const invoke = functions.find(functionArn);
      if (!invoke) throw new RotationFailure("This server knows the rotation function no more");
      // Attempts are counted anew when the rotation is asked for again; when they were due tells them apart.
      const attempt = run.dueAt?.getTime() ?? 0;
      await invoke(stepEvent(arn, run), context, { ...placeOf(arn), now: clock.now(), attempt });
      return undefined;
    } catch (error) {
      if (error instanceof RotationFailure) return error.message;
      const { shape, sender } = error as { shape?: string; sender?: boolean };
      // A refusal of this API's own, whose text may be about the secret.
      if (shape !== undefined && sender === true) return `The step was refused with ${shape}`;
      onError(error);
      return "The step failed inside of Secrets Manager";
    }
  }

  async function isFinished(arn: string, token: string): Promise<boolean> {
    const { account, region } = placeOf(arn);
    const secret = await secrets.find({ account, region, arn }, clock.now());
    return secret?.stages.get(current) === token;
  }

  async function tellOfStart(arn: string, lease: string, run: Run): Promise<void> {
    if (run.isStarted) return;
    await record(arn, lease, "Started", run, {}, (now) => now);
  }

  async function succeeded(arn: string, lease: string, run: Run): Promise<void> {
    const now = clock.now();
    if (run.kind === "test") await unstage(arn, run.token);
    await record(arn, lease, "Succeeded", run, {}, (rotation) => ({
      ...rotation,
      run: undefined,
      ...(run.kind === "rotation" && {
        lastRotatedAt: now,
        rotatesAt:
          rotation.isEnabled && rotation.rules ? windowAfter(rotation.rules, rotation.rotatesAt, now) : undefined,
      }),
    }));
  }

  /** AWSCURRENT and AWSPENDING stay where they are. */
  async function failed(arn: string, lease: string, run: Run, reason: string): Promise<undefined> {
    const next = afterFailure(run, clock.now());
    if (run.kind === "test") await unstage(arn, run.token);
    await record(arn, lease, "Failed", run, { step: run.step, reason, attempt: run.attempts + 1 }, (rotation) => ({
      ...rotation,
      run: next && { ...next, isStarted: true },
    }));
    if (next && !next.dueAt) {
      const event = eventOf(arn, "Abandoned", run, { step: run.step, attempts: next.attempts });
      await events.record(event);
      onEvent(event);
    }
  }

  /** A test leaves no version pending, not even in a secret that waits for its deletion: that may be restored. */
  async function unstage(arn: string, token: string): Promise<void> {
    await secrets.change(arn, { now: clock.now() }, (secret) => {
      if (secret.stages.get(pending) !== token) return { answer: undefined };
      return { answer: undefined, secret: { ...secret, stages: detach(secret.stages, pending) } };
    });
  }

  async function record(
    arn: string,
    lease: string,
    what: string,
    run: Run,
    details: Readonly<Record<string, unknown>>,
    revise: (rotation: Rotation) => Rotation,
  ): Promise<void> {
    const event = eventOf(arn, what, run, details);
    const isMine = await rotations.advance(
      arn,
      lease,
      (rotation) => markStarted(revise(rotation)),
      (db) => events.record(event, db),
    );
    if (isMine) onEvent(event);
  }

  /** https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html */
  function eventOf(arn: string, what: string, run: Run, details: Readonly<Record<string, unknown>>): ServiceEvent {
    const { account, region } = placeOf(arn);
    return {
      ...{ account, region },
      service: "secretsmanager",
      name: `${run.kind === "test" ? "Test" : ""}Rotation${what}`,
      time: clock.now(),
      resources: [{ type: "AWS::SecretsManager::Secret", name: arn }],
      additionalData: { SecretId: arn, ClientRequestToken: run.token, ...details },
    };
  }

  return {
    async rotateDue() {
      for (const arn of await rotations.scheduled(clock.now())) await begin(arn).catch(onError);
      const due = await rotations.due(clock.now());
      await Promise.all(due.map((arn) => goOn(arn).catch(onError)));
    },
  };
}

function markStarted(rotation: Rotation): Rotation {
  return rotation.run ? { ...rotation, run: { ...rotation.run, isStarted: true } } : rotation;
}
