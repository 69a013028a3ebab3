import { AlreadyExistsException$, ReplicateKeyCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseUnusable } from "../cryptography/key-use.ts";
import { bypass, keyAccess, newTagConditions, toChange } from "../keys/access.ts";
import { refuseLockout, refuseMalformedPolicy } from "../keys/check-policy.ts";
import { type FoundKey, keyNotFound } from "../keys/find.ts";
import { isPrimary, keyArn } from "../keys/key.ts";
import { defaultKeyPolicy } from "../keys/policy.ts";
import { describeFoundKey } from "../keys/shape.ts";
import { readTags } from "../keys/tags.ts";
import { notPrimary } from "../materials/rotation-rules.ts";

/** The replica is there when this answers. https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
export const replicateKey = operation(ReplicateKeyCommand)({
  async access(input, call, context: Kms) {
    const { ReplicaRegion: region } = input;
    const tags = readTags(input.Tags);
    const replicate = await keyAccess(context, call, "ReplicateKey", input.KeyId, toChange, {
      "kms:ReplicaRegion": region,
    });
    const { key } = await requestedKey(context, call, input.KeyId);
    const conditions = {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": key.origin,
      "kms:KeySpec": key.spec,
      "kms:KeyUsage": key.usage,
      "kms:MultiRegion": "true",
      "kms:MultiRegionKeyType": "REPLICA",
      "aws:RequestedRegion": region,
      ...newTagConditions(tags),
    };
    const create = { action: "kms:CreateKey", resource: "*", conditions: { ...conditions, ...bypass(input) } };
    if (tags.size === 0) return [replicate, create];
    return [
      replicate,
      create,
      { action: "kms:TagResource", resource: keyArn({ ...call, region }, key.id), conditions },
    ];
  },
  async run(input, context, call) {
    const { ReplicaRegion: region } = input;
    const found = await requestedKey(context, call, input.KeyId);
    refuseUnreplicable(found);
    refuseOtherPartition(call, region);
    const there = { ...call, region };
    const policy = input.Policy ?? defaultKeyPolicy(there);
    const tags = readTags(input.Tags);
    const arn = keyArn(there, found.key.id);
    if (input.Policy !== undefined) {
      await refuseMalformedPolicy(context, there, policy);
      const planned = { ...found.key, region, policy, tags, aliases: [] };
      if (!input.BypassPolicyLockoutSafetyCheck) await refuseLockout(context, there, { key: planned, arn });
    }
    const text = { policy, tags, description: input.Description ?? "" };
    const replica = await context.keys.replicate(found.key, region, text, (key) =>
      refuseUnreplicable({ ...found, key }),
    );
    if (!replica) throw keyNotFound(found.arn);
    if (replica === "exists") throw new ApiError(AlreadyExistsException$, `Key '${arn}' already exists`);
    return {
      ReplicaKeyMetadata: await describeFoundKey(context, { key: replica, arn }),
      ReplicaPolicy: replica.policy,
      ReplicaTags: [...replica.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
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
