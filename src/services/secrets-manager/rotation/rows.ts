import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Rotation, type Run, type Step, steps } from "./rotation.ts";
import { nextWindow, type RotationRules } from "./schedule.ts";

type RotationRow = Selectable<Tables["sm_rotations"]>;

export function toRotation(row: RotationRow): Rotation {
  return {
    isEnabled: row.enabled === 1,
    functionArn: row.function_arn,
    rules: row.rules === null ? undefined : (JSON.parse(row.rules) as RotationRules),
    lastRotatedAt: toDate(row.last_rotated_at),
    rotatesAt: toDate(row.rotates_at),
    run: toRun(row),
  };
}

function toRun({ token, kind, step, attempts, started, due_at }: RotationRow): Run | undefined {
  if (token === null || kind === null) return undefined;
  const isStarted = started === 1;
  return { token, kind, step: toStep(step), attempts: attempts ?? 0, isStarted, dueAt: toDate(due_at) };
}

function toStep(text: string | null): Step {
  const step = steps.find((one) => one === text);
  if (!step) throw new Error(`A stored rotation has the unknown step ${text}`);
  return step;
}

/** All columns apart from the lease's. */
export function fromRotation({ isEnabled, functionArn, rules, lastRotatedAt, rotatesAt, run }: Rotation) {
  return {
    enabled: Number(isEnabled),
    function_arn: functionArn,
    rules: rules === undefined ? null : JSON.stringify(rules),
    last_rotated_at: lastRotatedAt?.getTime() ?? null,
    rotates_at: rotatesAt?.getTime() ?? null,
    token: run?.token ?? null,
    kind: run?.kind ?? null,
    step: run?.step ?? null,
    attempts: run?.attempts ?? null,
    started: run ? Number(run.isStarted) : null,
    due_at: run?.dueAt?.getTime() ?? null,
  };
}

export async function findRotation(db: Kysely<Tables>, arn: string): Promise<Rotation | undefined> {
  const row = await db.selectFrom("sm_rotations").selectAll().where("arn", "=", arn).executeTakeFirst();
  return row && toRotation(row);
}

/** Stores a rotation and ends its lease: the result of a step of the former rotation is dropped. */
export async function writeRotation(db: Kysely<Tables>, arn: string, rotation: Rotation): Promise<void> {
  const set = { ...fromRotation(rotation), lease: null, leased_until: null };
  await db
    .insertInto("sm_rotations")
    .values({ arn, ...set })
    .onConflict((conflict) => conflict.column("arn").doUpdateSet(set))
    .execute();
}

/** Moves the next window: a secret that got a new value by hand counts as rotated. `cron` expressions keep their times. */
export async function reschedule(db: Kysely<Tables>, arn: string, now: Date): Promise<void> {
  const rotation = await findRotation(db, arn);
  if (!rotation?.isEnabled || !rotation.rules || rotation.run) return;
  const rotates_at = nextWindow(rotation.rules, now)?.start.getTime() ?? null;
  await db.updateTable("sm_rotations").set({ rotates_at }).where("arn", "=", arn).execute();
}

function toDate(time: number | null): Date | undefined {
  return time === null ? undefined : new Date(time);
}
