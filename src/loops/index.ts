import type { Ecs } from "../services/ecs/index.ts";
import type { Rotator } from "../services/secrets-manager/index.ts";
import { auditLoop } from "./audit.ts";
import { expiryLoop } from "./expiry.ts";
import { imagesLoop } from "./images.ts";
import { logsLoop } from "./logs.ts";
import type { LoopContext } from "./loop.ts";
import { purgeLoop } from "./purge.ts";
import { rotationsLoop } from "./rotations.ts";
import { secretsLoop } from "./secrets.ts";
import { servicesLoop } from "./services.ts";
import { sessionsLoop } from "./sessions.ts";
import { subscriptionsLoop } from "./subscriptions.ts";
import { usesLoop } from "./uses.ts";

export { type Leases, sharedLeases, soleLeases } from "./lease.ts";
export type { LoopContext } from "./loop.ts";

/** What the loops do. */
export interface LoopWork {
  readonly ecs: Ecs;
  readonly rotator: Pick<Rotator, "rotateDue">;
  /** Deletes for good what is due. */
  purge(): Promise<void>;
  /** Deletes log events that have expired. */
  tendLogs(): Promise<boolean>;
  /** Begins to deliver log events to those who subscribed to them. */
  deliverLogs(): Promise<void>;
  /** Deletes images that lifecycle policies expire, and uploads that were not completed. */
  tendImages(): Promise<void>;
  /** Writes when keys and roles were last used. */
  writeUses(): Promise<void>;
  /** Chains events that services recorded. */
  settleEvents(): Promise<void>;
}

export interface Loops extends AsyncDisposable {
  /** Resolves when no loop has anything to do. */
  idle(): Promise<void>;
}

/** Starts all work that is done without a request. */
export function startLoops(work: LoopWork, context: LoopContext): Loops {
  const loops = [
    servicesLoop(work.ecs, context),
    expiryLoop(work.ecs, context),
    sessionsLoop(work.ecs, context),
    rotationsLoop(work.rotator, context),
    purgeLoop(work.purge, context),
    logsLoop(work.tendLogs, context),
    subscriptionsLoop(work.deliverLogs, context),
    imagesLoop(work.tendImages, context),
    secretsLoop(work.ecs, context),
    usesLoop(work.writeUses, context),
    auditLoop(work.settleEvents, context),
  ];
  return {
    async idle() {
      for (const loop of loops) await loop.idle();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(loops.map((loop) => loop[Symbol.asyncDispose]()));
    },
  };
}
