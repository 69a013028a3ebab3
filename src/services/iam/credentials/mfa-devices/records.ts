import { type Kysely, type Selectable, sql } from "kysely";
import type { Keyring } from "../../../../keyring/keyring.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../../storage/sealed-column.ts";
import type { Tags } from "../../tags.ts";
import type { DeviceClock, MfaDevice } from "./mfa-device.ts";

/** The part of an account's devices that a list is about. */
interface ListOptions {
  /** `undefined` for all devices. */
  readonly assigned: boolean | undefined;
  /** Path and name of the device before the first one. */
  readonly after: string;
  readonly limit: number;
}

/** The SQL of virtual MFA devices. The keyring seals their seeds. */
export function mfaDeviceRecords(db: Kysely<Tables>, keyring: Keyring) {
  const all = () => db.selectFrom("iam_mfa_devices").selectAll();
  const change = (serialNumber: string) => db.updateTable("iam_mfa_devices").where("serial_number", "=", serialNumber);

  return {
    async find(account: string, serialNumber: string): Promise<MfaDevice | undefined> {
      const row = await all()
        .where("serial_number", "=", serialNumber)
        .where("account", "=", account)
        .executeTakeFirst();
      return row && toDevice(row);
    },
    /** By serial number. */
    async list(account: string, { assigned, after, limit }: ListOptions): Promise<MfaDevice[]> {
      let rows = all().where("account", "=", account).where("serial_number", ">", after);
      if (assigned !== undefined) rows = rows.where("user_id", assigned ? "is not" : "is", null);
      return (await rows.orderBy("serial_number").limit(limit).execute()).map(toDevice);
    },
    /** Those of one user, by serial number. */
    async listOf(userId: string): Promise<MfaDevice[]> {
      const rows = await all().where("user_id", "=", userId).orderBy("serial_number").execute();
      return rows.map(toDevice);
    },
    /** Those of the users who have a device. */
    async holders(userIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (userIds.length === 0) return new Set();
      const rows = await db
        .selectFrom("iam_mfa_devices")
        .select("user_id")
        .distinct()
        .where("user_id", "in", userIds)
        .execute();
      return new Set(rows.flatMap(({ user_id }) => user_id ?? []));
    },
    async insert(device: MfaDevice, seed: Uint8Array): Promise<void> {
      await db
        .insertInto("iam_mfa_devices")
        .values({
          serial_number: device.serialNumber,
          account: device.account,
          path: device.path,
          name: device.name,
          seed: keyring.seal(seed, purpose(device.serialNumber)),
          tags: JSON.stringify(device.tags),
          created_at: device.createdAt.getTime(),
          user_id: null,
          enabled_at: null,
          drift: 0,
          last_step: 0,
          attempt_step: 0,
          attempts: 0,
        })
        .execute();
    },
    /** What checking a device's codes takes. */
    async secrets(serialNumber: string): Promise<DeviceClock & { readonly seed: Uint8Array }> {
      const row = await all().where("serial_number", "=", serialNumber).executeTakeFirstOrThrow();
      const seed = keyring.open(row.seed, purpose(serialNumber));
      if (!seed) {
        throw new Error(`Cannot open the seed of MFA device '${serialNumber}': it was sealed under another root key`);
      }
      return { seed, drift: row.drift, lastStep: row.last_step };
    },
    async assign(serialNumber: string, userId: string, enabledAt: Date, clock: DeviceClock): Promise<void> {
      await change(serialNumber)
        .set({ user_id: userId, enabled_at: enabledAt.getTime(), ...columns(clock) })
        .execute();
    },
    async unassign(serialNumber: string): Promise<void> {
      await change(serialNumber).set({ user_id: null, enabled_at: null }).execute();
    },
    async setClock(serialNumber: string, clock: DeviceClock): Promise<void> {
      await change(serialNumber).set(columns(clock)).execute();
    },
    /** Uses the code of a step up. Gives `false` where it was used already, or the user does not have the device any more. */
    async useStep(serialNumber: string, userId: string, step: number): Promise<boolean> {
      const result = await change(serialNumber)
        .set({ last_step: step })
        .where("user_id", "=", userId)
        .where("last_step", "<", step)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    /** Counts an attempt in a step of the server's clock. Gives `false` where there were `most` in it already. */
    async countAttempt(serialNumber: string, step: number, most: number): Promise<boolean> {
      const result = await change(serialNumber)
        .set((set) => ({
          attempts: set.case().when("attempt_step", "=", step).then(sql<number>`attempts + 1`).else(1).end(),
          attempt_step: step,
        }))
        .where((where) => where.or([where("attempt_step", "!=", step), where("attempts", "<", most)]))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async setTags(serialNumber: string, tags: Tags): Promise<void> {
      await change(serialNumber)
        .set({ tags: JSON.stringify(tags) })
        .execute();
    },
    async delete(serialNumber: string): Promise<void> {
      await db.deleteFrom("iam_mfa_devices").where("serial_number", "=", serialNumber).execute();
    },
  };
}

function columns({ drift, lastStep }: DeviceClock) {
  return { drift, last_step: lastStep };
}

function toDevice(row: Selectable<Tables["iam_mfa_devices"]>): MfaDevice {
  return {
    serialNumber: row.serial_number,
    account: row.account,
    path: row.path,
    name: row.name,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
    assigned:
      row.user_id === null ? undefined : { userId: row.user_id, enabledAt: new Date(row.enabled_at ?? row.created_at) },
  };
}

function purpose(serialNumber: string): string {
  return `iam mfa device ${serialNumber}`;
}

export const sealedColumns: readonly SealedColumn[] = [
  {
    table: "iam_mfa_devices",
    column: "seed",
    key: ["serial_number"],
    purpose: ({ serial_number: serialNumber }) => purpose(String(serialNumber)),
  },
];
