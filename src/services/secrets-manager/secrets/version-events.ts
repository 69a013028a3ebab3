import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { placeOf } from "./secret.ts";

/** A transaction that changes secrets at some time, with the audit trail that its events go to. */
export interface Writing {
  readonly db: Kysely<Tables>;
  readonly events: Events;
  readonly now: Date;
}

/** `SecretVersionDeletion`: a version without labels is deleted, while its secret stays. */
type VersionEvent =
  | "StartSecretVersionDelete"
  | "CancelSecretVersionDelete"
  | "EndSecretVersionDelete"
  | "SecretVersionDeletion";

/**
 * Records audit events of versions, in the transaction that changes these: it stores both or neither.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export async function recordVersions(
  { db, events, now }: Writing,
  name: VersionEvent,
  arn: string,
  versionIds: readonly string[],
): Promise<void> {
  const { account, region } = placeOf(arn);
  const resources = [{ type: "AWS::SecretsManager::Secret", name: arn }];
  const event = { account, region, service: "secretsmanager", name, time: now, resources };
  for (const SecretVersionId of versionIds) {
    await events.record({ ...event, additionalData: { SecretId: arn, SecretVersionId } }, db);
  }
}
