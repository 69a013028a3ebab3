import type { Events, ServiceEvent } from "../../../audit/index.ts";
import type { Clock } from "../../../clock.ts";
import type { Timers } from "../../../concurrency/timers.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { SecretsManager } from "../context.ts";
import { operations } from "../operations.ts";
import { placeOf } from "../secrets/secret.ts";
import { attach, current, detach, pending } from "../secrets/stages.ts";
import { asAccount } from "./as-account.ts";
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
import { rotationEvent } from "./rotation-event.ts";
import { windowAfter } from "./schedule.ts";

/** Rotates secrets. */
export interface Rotator {
  /** Begins the rotations whose window has begun, and does the steps that are due. */
  rotateDue(): Promise<void>;
}

export interface RotatorOptions {
  readonly context: SecretsManager;
  readonly events: Events;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Gets errors that are no failure of a rotation function. */
  onError(error: unknown): void;
  /** Gets the audit events of rotations. */
  onEvent(event: ServiceEvent): void;
}

/** Rotates secrets step by step. The result of a step is in the database before the next step begins. */
export function rotator({ context, events, clock, timers, onError, onEvent }: RotatorOptions): Rotator {
  const { store, functions, ids } = context;
  const { rotations } = store;

  /** Begins the rotation whose window has begun, or tries one again that was given up. */
  async function begin(arn: string): Promise<void> {
    const now = clock.now();
    await store.writes.change(arn, { now, withRotation: true }, (secret, _version, rotation) => {
      const answer = undefined;
      if (!rotation?.rotatesAt || rotation.rotatesAt > now || rotation.run?.dueAt) return { answer };
      const rotatesAt = rotation.rules && windowAfter(rotation.rules, rotation.rotatesAt, now);
      const skipped = { answer, rotation: { ...rotation, rotatesAt } };
      if (secret.deletesAt || secret.primaryRegion) return skipped;
      const holder = secret.stages.get(pending);
      const isHeld = holder !== undefined && holder !== secret.stages.get(current);
      // Somebody left a version pending by hand; nobody knows what for.
      if (isHeld && holder !== rotation.run?.token) return skipped;
      const run = rotation.run ? reattempted(rotation.run, now) : newRun(ids.uuid(), "rotation", now);
      const stages = attach(secret.stages, [pending], run.token);
      return { answer, secret: { ...secret, stages }, rotation: { ...rotation, rotatesAt, run } };
    });
  }

  /** Does the steps of a rotation until it ends or fails. */
  async function goOn(arn: string): Promise<void> {
    const lease = ids.uuid();
    const claimed = await rotations.claim(arn, lease, clock.now());
    if (!claimed?.run) return;
    const stopRenewing = timers.every(leaseDuration / 3, () => {
      rotations.renew(arn, lease, clock.now()).catch(onError);
    });
    try {
      if (!claimed.run.isStarted) await record(arn, lease, "Started", claimed.run, {}, (now) => now);
      for (let rotation: Rotation | undefined = claimed; rotation?.run; ) {
        rotation = await step(arn, lease, rotation, rotation.run);
      }
    } finally {
      stopRenewing();
    }
  }

  /** The rotation after a step; `undefined` if no step follows now. */
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

  /** Has the rotation function do a step; gives the reason if that fails. */
  async function failureOf(arn: string, functionArn: string, run: Run): Promise<string | undefined> {
    try {
      const invoke = functions.find(functionArn);
      if (!invoke) throw new RotationFailure("This server knows the rotation function no more");
      const place = placeOf(arn);
      // Attempts are counted anew when somebody asks for the rotation again; their due times differ.
      const attempt = run.dueAt?.getTime() ?? 0;
      await invoke(stepEvent(arn, run), { ...place, attempt, ...asAccount(context, operations, place, clock.now()) });
      return undefined;
    } catch (error) {
      if (error instanceof RotationFailure) return error.message;
      // A refusal by this API, whose text may be about the secret.
      if (error instanceof ApiError && error.sender) return `The step was refused with ${error.shape}`;
      onError(error);
      return "The step failed inside of Secrets Manager";
    }
  }

  async function isFinished(arn: string, token: string): Promise<boolean> {
    const { account, region } = placeOf(arn);
    const secret = await store.secrets.find({ account, region, arn }, clock.now());
    return secret?.stages.get(current) === token;
  }

  async function succeeded(arn: string, lease: string, run: Run): Promise<void> {
    const now = clock.now();
    if (run.kind === "test") await unstage(arn, run.token);
    await record(arn, lease, "Succeeded", run, {}, (rotation) => {
      const { isEnabled, rules, rotatesAt } = rotation;
      if (run.kind === "test") return { ...rotation, run: undefined };
      const next = isEnabled && rules ? windowAfter(rules, rotatesAt, now) : undefined;
      return { ...rotation, run: undefined, lastRotatedAt: now, rotatesAt: next };
    });
  }

  /** Notes a failure. AWSCURRENT and AWSPENDING stay where they are. */
  async function failed(arn: string, lease: string, run: Run, reason: string): Promise<undefined> {
    const next = afterFailure(run, clock.now());
    if (run.kind === "test") await unstage(arn, run.token);
    await record(arn, lease, "Failed", run, { step: run.step, reason, attempt: run.attempts + 1 }, (rotation) => ({
      ...rotation,
      run: next && { ...next, isStarted: true },
    }));
    if (next && !next.dueAt) {
      const details = { step: run.step, attempts: next.attempts };
      const event = rotationEvent(arn, "Abandoned", run, details, clock.now());
      await events.record(event);
      onEvent(event);
    }
  }

  /** A test leaves no version pending, not even in a secret that is marked for deletion: it may be restored. */
  async function unstage(arn: string, token: string): Promise<void> {
    await store.writes.change(arn, { now: clock.now() }, (secret) => {
      const answer = undefined;
      if (secret.stages.get(pending) !== token) return { answer };
      return { answer, secret: { ...secret, stages: detach(secret.stages, pending) } };
    });
  }

  /** Records an audit event in the transaction that changes the rotation; nothing if the lease was lost. */
  async function record(
    arn: string,
    lease: string,
    outcome: "Started" | "Succeeded" | "Failed",
    run: Run,
    details: Readonly<Record<string, unknown>>,
    revise: (rotation: Rotation) => Rotation,
  ): Promise<void> {
    const event = rotationEvent(arn, outcome, run, details, clock.now());
    const isMine = await rotations.advance(
      arn,
      lease,
      (rotation) => markStarted(revise(rotation)),
      (db) => events.record(event, db),
    );
    if (isMine) onEvent(event);
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
