import { sql } from "kysely";
import type { Database } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import { findVersion, toSecret, toVersion, type VersionRow } from "./rows.ts";
import type { Secret, SecretReference } from "./secret.ts";
import { current } from "./stages.ts";
import { isVersionId } from "./value.ts";

/** Which version is meant; AWSCURRENT unless given. */
export interface VersionSelector {
  readonly versionId?: string | undefined;
  readonly stage?: string | undefined;
}

/** A version as ListSecretVersionIds shows it. */
export interface VersionSummary {
  readonly versionId: string;
  /** Every key under which it is kept, the newest first; `undefined` for `aws/secretsmanager`. */
  readonly keyArns: readonly (string | undefined)[];
  readonly createdAt: Date;
  readonly accessedOn: Date | undefined;
}

interface ValueParameters {
  readonly account: string;
  readonly region: string;
  /** Name or ARN. */
  readonly key: string;
  /** Null for AWSCURRENT. */
  readonly versionId: string | null;
}

/** What the secret is rotated by. In the same query, because every request may need it, and few do. */
const rotationFunction = sql<
  string | null
>`(select function_arn from sm_rotations where sm_rotations.arn = secret.arn)`.as("rotation_function_arn");

/** A secret and one of its versions. */
function valueBy(column: "secret.name" | "secret.arn") {
  return prepared(
    (db, { account, region, key, versionId }: ValueParameters) =>
      db
        .selectFrom("sm_secrets as secret")
        .leftJoin("sm_versions as version", (join) =>
          join
            .onRef("version.arn", "=", "secret.arn")
            .on("version.version_id", "=", sql<string>`coalesce(${versionId}, secret.current_version_id)`),
        )
        .where("secret.account", "=", account)
        .where("secret.region", "=", region)
        .where(column, "=", key)
        .selectAll("secret")
        .select(rotationFunction)
        .select([
          "version.version_id",
          "version.kind",
          "version.value",
          "version.key_arn",
          "version.created_at as version_created_at",
          "version.accessed_on as version_accessed_on",
        ]),
    ([row]) =>
      row && {
        secret: toSecret(row),
        version:
          row.version_id === null
            ? undefined
            : toVersion({
                ...(row as typeof row & VersionRow),
                created_at: row.version_created_at as number,
                accessed_on: row.version_accessed_on as number,
              }),
      },
  );
}

const valueByName = valueBy("secret.name");
const valueByArn = valueBy("secret.arn");

/** The SQL that reads one secret. A secret whose recovery window is over at `now` is not there any more. */
export function secretReads({ db }: Database) {
  function select(reference: SecretReference) {
    const scoped = db
      .selectFrom("sm_secrets as secret")
      .where("secret.account", "=", reference.account)
      .where("secret.region", "=", reference.region);
    return reference.name === undefined
      ? scoped.where("secret.arn", "=", reference.arn)
      : scoped.where("secret.name", "=", reference.name);
  }

  async function find(reference: SecretReference, now: Date): Promise<Secret | undefined> {
    return ifThere(await select(reference).selectAll("secret").select(rotationFunction).executeTakeFirst(), now);
  }

  return {
    find,
    version: (arn: string, versionId: string) => findVersion(db, arn, versionId),

    /** A secret and one of its versions: by its id and for AWSCURRENT in one query. */
    async findValue(reference: SecretReference, { versionId, stage = current }: VersionSelector, now: Date) {
      if (versionId !== undefined && !isVersionId(versionId)) {
        return { secret: await find(reference, now), version: undefined };
      }
      if (versionId === undefined && stage !== current) {
        const secret = await find(reference, now);
        const holder = secret?.stages.get(stage);
        return {
          secret,
          version: secret && holder !== undefined ? await findVersion(db, secret.arn, holder) : undefined,
        };
      }
      const { account, region, arn, name } = reference;
      const scope = { account, region, versionId: versionId ?? null };
      const found = await (name === undefined
        ? valueByArn(db, { ...scope, key: arn })
        : valueByName(db, { ...scope, key: name }));
      return found && !isGone(found.secret, now) ? found : { secret: undefined, version: undefined };
    },

    /** Ciphertexts of a version under the keys that the secret had before, the newest first. */
    async previousValues(arn: string, versionId: string): Promise<Uint8Array[]> {
      const rows = await db
        .selectFrom("sm_previous_values")
        .select("value")
        .where("arn", "=", arn)
        .where("version_id", "=", versionId)
        .orderBy("replaced_at", "desc")
        .execute();
      return rows.map(({ value }) => value);
    },

    /** The days on which secrets were last read, by ARN. */
    async lastReads(arns: readonly string[]): Promise<ReadonlyMap<string, Date>> {
      if (arns.length === 0) return new Map();
      const rows = await db
        .selectFrom("sm_secrets")
        .select(["arn", "accessed_on"])
        .where("arn", "in", arns)
        .where("accessed_on", ">", 0)
        .execute();
      return new Map(rows.map(({ arn, accessed_on }) => [arn, new Date(accessed_on)]));
    },

    /** Every version, the oldest first. */
    async versions(arn: string): Promise<VersionSummary[]> {
      const rows = await db
        .selectFrom("sm_versions")
        .select(["version_id", "key_arn", "created_at", "accessed_on"])
        .where("arn", "=", arn)
        .orderBy("created_at")
        .orderBy("version_id")
        .execute();
      const previous = await db
        .selectFrom("sm_previous_values")
        .select(["version_id", "key_arn"])
        .where("arn", "=", arn)
        .orderBy("replaced_at", "desc")
        .execute();
      return rows.map((row) => ({
        versionId: row.version_id,
        keyArns: [row, ...previous.filter(({ version_id }) => version_id === row.version_id)].map(
          ({ key_arn }) => key_arn ?? undefined,
        ),
        createdAt: new Date(row.created_at),
        accessedOn: row.accessed_on === 0 ? undefined : new Date(row.accessed_on),
      }));
    },
  };
}

export function ifThere(row: Parameters<typeof toSecret>[0] | undefined, now: Date): Secret | undefined {
  const secret = row && toSecret(row);
  return secret && !isGone(secret, now) ? secret : undefined;
}

function isGone({ deletesAt }: Secret, now: Date): boolean {
  return deletesAt !== undefined && deletesAt <= now;
}
