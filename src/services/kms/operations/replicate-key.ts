import { AlreadyExistsException$, ReplicateKeyCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import { newTagKeys } from "../../../model/tag-conditions.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { refuseLockout, refuseMalformedPolicy } from "../keys/check-policy.ts";
import { bypass } from "../keys/conditions.ts";
import { type FoundKey, findKey } from "../keys/find.ts";
import { isPrimary, keyArn } from "../keys/key.ts";
import { defaultKeyPolicy } from "../keys/policy.ts";
import { shownKey } from "../keys/shape.ts";
import { refuseUnusable } from "../keys/state.ts";
import { readTags, tagList, tagMembers } from "../keys/tags.ts";
import { notPrimary } from "../materials/rotation-rules.ts";

/** The replica is complete when this answers, with the state in which AWS leaves it. https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
export const replicateKey = operation(ReplicateKeyCommand)({
  async find(input, call, context: Kms) {
    const tags = readTags(input.Tags);
    return { tags, found: await findKey(context, call, input.KeyId, { operation: "ReplicateKey" }) };
  },
  access({ found, tags }, input, call) {
    const { ReplicaRegion: region } = input;
    const { key } = found;
    const conditions = {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": key.origin,
      "kms:KeySpec": key.spec,
      "kms:KeyUsage": key.usage,
      "kms:MultiRegion": "true",
      "kms:MultiRegionKeyType": "REPLICA",
      "aws:RequestedRegion": region,
      ...newTagKeys(tagList(tags)),
    };
    const replicate = keyAccess(call, found, { "kms:ReplicaRegion": region });
    const create = { action: "kms:CreateKey", resource: "*", conditions: { ...conditions, ...bypass(input) } };
    const tag = { action: "kms:TagResource", resource: keyArn({ ...call, region }, key.id), conditions };
    return tags.size === 0 ? [replicate, create] : [replicate, create, tag];
  },
  async run({ found, tags }, input, context, call) {
    const { ReplicaRegion: region } = input;
    refuseUnreplicable(found);
    refuseOtherPartition(call, region);
    const there = { ...call, region };
    const policy = input.Policy ?? defaultKeyPolicy(there);
    const arn = keyArn(there, found.key.id);
    if (input.Policy !== undefined) {
      await refuseMalformedPolicy(context, there, policy);
      const planned = { ...found.key, region, policy, tags, aliases: [] };
      if (!input.BypassPolicyLockoutSafetyCheck) await refuseLockout(context, there, { key: planned, arn });
    }
    const text = { policy, tags, description: input.Description ?? "" };
    const replica = await context.store.replicas.create(found.key, region, text, (key) =>
      refuseUnreplicable({ ...found, key }),
    );
    if (!replica) throw keyNotFound(found.arn);
    if (replica === "exists") throw new ApiError(AlreadyExistsException$, `Key '${arn}' already exists`);
    const { CurrentKeyMaterialId: _, ...metadata } = await shownKey(context, { key: replica, arn });
    return {
      // As on AWS, where the replica gets its material after this answer.
      ReplicaKeyMetadata: { ...metadata, KeyState: "Creating", Enabled: false },
      ReplicaPolicy: replica.policy,
      ...(tags.size > 0 && { ReplicaTags: tagMembers(replica.tags) }),
    };
  },
});

function refuseUnreplicable(found: FoundKey): void {
  if (!isPrimary(found.key)) throw notPrimary(found.arn);
  refuseUnusable(found);
}

function refuseOtherPartition({ partition }: Call, region: string): void {
  const [, other = ""] = /^(cn|us-gov)-/.exec(region) ?? [];
  if (partition === (other === "" ? "aws" : `aws-${other}`)) return;
  const message = `Region ${region} is not in partition ${partition}.`;
  throw new ApiError(UnsupportedOperationException$, message);
}
