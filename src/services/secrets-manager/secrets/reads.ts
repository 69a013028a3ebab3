import { sql } from "kysely";
import type { Database } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import { secretLister } from "./list.ts";
import type { SecretReference } from "./reference.ts";
import { findVersion, ifThere, isGone, rotationFunction, toSecret, toVersion } from "./rows.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { current } from "./stages.ts";
import { isVersionId } from "./value.ts";

/** Selects a version; AWSCURRENT unless given. */
export interface VersionSelector {
  readonly versionId?: string | undefined;
  readonly stage?: string | undefined;
}

interface ValueParameters {
  readonly account: string;
  readonly region: string;
  /** Name or ARN. */
  readonly key: string;
  /** Null for AWSCURRENT. */
  readonly versionId: string | null;
}

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
    ([row]) => row && { secret: toSecret(row), version: joinedVersion(row) },
  );
}

interface JoinedRow {
  readonly version_id: string | null;
  readonly kind: SecretVersion["kind"] | null;
  readonly value: Uint8Array | null;
  readonly key_arn: string | null;
  readonly version_created_at: number | null;
  readonly version_accessed_on: number | null;
}

function joinedVersion(row: JoinedRow): SecretVersion | undefined {
  const { version_id, kind, value, key_arn, version_created_at: created_at, version_accessed_on } = row;
  if (version_id === null || kind === null || value === null || created_at === null) return undefined;
  return toVersion({ version_id, kind, value, key_arn, created_at, accessed_on: version_accessed_on ?? 0 });
}

const valueByName = valueBy("secret.name");
const valueByArn = valueBy("secret.arn");

const nothing = { secret: undefined, version: undefined };

/** The SQL that reads secrets. A secret whose recovery window is over at `now` is not found. */
export function secretReads({ db }: Pick<Database, "db">) {
  async function find(reference: SecretReference, now: Date): Promise<Secret | undefined> {
    const { account, region, arn, name } = reference;
    const query = db
      .selectFrom("sm_secrets as secret")
      .where("secret.account", "=", account)
      .where("secret.region", "=", region)
      .selectAll("secret")
      .select(rotationFunction);
    const named = name === undefined ? query.where("secret.arn", "=", arn) : query.where("secret.name", "=", name);
    return ifThere(await named.executeTakeFirst(), now);
  }

  return {
    find,
    list: secretLister(db),

    /** A secret and one of its versions: by its id and for AWSCURRENT in one query. */
    async findValue(reference: SecretReference, { versionId, stage = current }: VersionSelector, now: Date) {
      if (versionId !== undefined && !isVersionId(versionId)) {
        return { secret: await find(reference, now), version: undefined };
      }
      if (versionId === undefined && stage !== current) {
        const secret = await find(reference, now);
        const holder = secret?.stages.get(stage);
        const version = secret && holder !== undefined ? await findVersion(db, secret.arn, holder) : undefined;
        return { secret, version };
      }
      const { account, region, arn, name } = reference;
      const scope = { account, region, versionId: versionId ?? null };
      const found = await (name === undefined
        ? valueByArn(db, { ...scope, key: arn })
        : valueByName(db, { ...scope, key: name }));
      return found && !isGone(found.secret, now) ? found : nothing;
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
  };
}
