import type { Kysely } from "kysely";
import type { Events, ServiceEvent } from "../../../audit/index.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Key, keyArn } from "./key.ts";

export interface KeyEventOptions {
  readonly events: Events;
  readonly partition: string;
}

export type KeyAuditEvents = ReturnType<typeof keyAuditEvents>;

type Named = Pick<Key, "account" | "region" | "id">;

/** The actor that AWS's own events of KMS name. */
const internal = "AWS Internal";

/**
 * Records the things that KMS does to keys by itself, in the transaction that does them: there is never one without the
 * other. https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function keyAuditEvents({ events, partition }: KeyEventOptions, now: () => number) {
  const arnOf = (key: Named) => keyArn({ ...key, partition }, key.id);

  function record(
    db: Kysely<Tables>,
    name: string,
    key: Named,
    details: Pick<ServiceEvent, "serviceEventDetails" | "responseElements">,
  ): Promise<void> {
    const { account, region } = key;
    const resources = [{ type: "AWS::KMS::Key", name: arnOf(key) }];
    const event = { account, region, service: "kms", name, time: new Date(now()), invokedBy: internal, resources };
    return events.record({ ...event, ...details }, db);
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

    /** The event has the material's id for symmetric keys only. https://docs.aws.amazon.com/kms/latest/developerguide/ct-deleteexpiredkeymaterial.html */
    async expired(db: Kysely<Tables>, key: Named & Pick<Key, "spec">, keyMaterialId: string): Promise<void> {
      const shown = key.spec === "SYMMETRIC_DEFAULT" ? { keyMaterialId } : {};
      await record(db, "DeleteExpiredKeyMaterial", key, { serviceEventDetails: { keyId: key.id, ...shown } });
    },
  };
}
