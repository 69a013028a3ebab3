import type { Kysely } from "kysely";
import type { Events, ServiceEvent } from "../../../audit/index.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Key, keyArn } from "./key.ts";

export interface KeyEventOptions {
  readonly events: Events;
  readonly partition: string;
}

export type KeyEvents = ReturnType<typeof keyEvents>;

type Named = Pick<Key, "account" | "region" | "id">;

/** What AWS's events of KMS name as who acted. */
const internal = "AWS Internal";

/**
 * Records what KMS does with keys by itself, within the transaction that does it: there is neither without the other.
 * https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function keyEvents({ events, partition }: KeyEventOptions, now: () => number) {
  const arnOf = (key: Named) => keyArn({ ...key, partition }, key.id);

  function record(
    db: Kysely<Tables>,
    name: string,
    key: Named,
    said: Pick<ServiceEvent, "serviceEventDetails" | "responseElements">,
  ): Promise<void> {
    const { account, region } = key;
    const resources = [{ type: "AWS::KMS::Key", name: arnOf(key) }];
    const event = { account, region, service: "kms", name, time: new Date(now()), invokedBy: internal, resources };
    return events.record({ ...event, ...said }, db);
  }

  return {
    /** `key` as it was before. https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html */
    async rotated(
      db: Kysely<Tables>,
      key: Named & Pick<Key, "origin" | "materialId">,
      rotationType: "AUTOMATIC" | "ON_DEMAND",
      currentKeyMaterialId: string,
    ): Promise<void> {
      const { id: keyId, origin: keyOrigin, materialId: previousKeyMaterialId } = key;
      const serviceEventDetails = { rotationType, keyOrigin, previousKeyMaterialId, currentKeyMaterialId, keyId };
      await record(db, "RotateKey", key, { serviceEventDetails });
    },

    /** https://docs.aws.amazon.com/kms/latest/developerguide/ct-delete-key.html */
    async deleted(db: Kysely<Tables>, key: Named): Promise<void> {
      await record(db, "DeleteKey", key, { responseElements: { keyId: arnOf(key) } });
    },

    /** `keyMaterialId` is shown where KMS shows it. https://docs.aws.amazon.com/kms/latest/developerguide/ct-deleteexpiredkeymaterial.html */
    async expired(db: Kysely<Tables>, key: Named & Pick<Key, "spec">, keyMaterialId: string): Promise<void> {
      const isShown = key.spec === "SYMMETRIC_DEFAULT";
      const serviceEventDetails = { keyId: key.id, ...(isShown && { keyMaterialId }) };
      await record(db, "DeleteExpiredKeyMaterial", key, { serviceEventDetails });
    },
  };
}
