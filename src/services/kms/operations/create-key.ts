import { CreateKeyCommand, type KeySpec, type KeyUsageType } from "@aws-sdk/client-kms";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { newTagKeys } from "../../../model/tag-conditions.ts";
import type { Kms } from "../context.ts";
import { unsupported } from "../errors.ts";
import { refuseLockout, refuseMalformedPolicy } from "../keys/check-policy.ts";
import { bypass } from "../keys/conditions.ts";
import { keyArn } from "../keys/key.ts";
import { defaultKeyPolicy } from "../keys/policy.ts";
import { keyMetadata } from "../keys/shape.ts";
import { keyAlgorithms, materialKind } from "../keys/spec.ts";
import { readTags, tagList } from "../keys/tags.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = operation(CreateKeyCommand)({
  find(input) {
    refuseUnsupported(input);
    const { spec, usage } = readKeySpec(input);
    const origin: "EXTERNAL" | "AWS_KMS" = input.Origin === "EXTERNAL" ? "EXTERNAL" : "AWS_KMS";
    return { spec, usage, origin, isMultiRegion: input.MultiRegion ?? false, tags: readTags(input.Tags) };
  },
  access({ spec, usage, origin, isMultiRegion, tags }, input, call) {
    const conditions = {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": origin,
      "kms:KeySpec": spec,
      "kms:KeyUsage": usage,
      "kms:MultiRegion": String(isMultiRegion),
      ...defined({ "kms:MultiRegionKeyType": isMultiRegion ? "PRIMARY" : undefined }),
      ...newTagKeys(tagList(tags)),
    };
    const create = { resource: "*", conditions: { ...conditions, ...bypass(input) } };
    if (tags.size === 0) return create;
    return [create, { action: "kms:TagResource", resource: regionalArn(call, "kms", "key/*"), conditions }];
  },
  async run(found, input, context: Kms, call) {
    const policy = input.Policy ?? defaultKeyPolicy(call);
    if (input.Policy !== undefined) {
      await refuseMalformedPolicy(context, call, policy);
      if (!input.BypassPolicyLockoutSafetyCheck) {
        const { account, region } = call;
        const primaryRegion = found.isMultiRegion ? region : undefined;
        const planned = { ...found, account, region, primaryRegion, policy, aliases: [] };
        await refuseLockout(context, call, { key: planned, arn: regionalArn(call, "kms", "key/*") });
      }
    }
    const key = await context.store.keys.create(call, { ...found, policy, description: input.Description ?? "" });
    return { KeyMetadata: keyMetadata(key, keyArn(call, key.id)) };
  },
});

function refuseUnsupported(input: {
  readonly Origin?: string;
  readonly CustomKeyStoreId?: string;
  readonly XksKeyId?: string;
}): void {
  const { Origin: origin } = input;
  if (origin !== undefined && origin !== "AWS_KMS" && origin !== "EXTERNAL") throw unsupported(`Origin ${origin}`);
  if (input.CustomKeyStoreId !== undefined) throw unsupported("CustomKeyStoreId");
  if (input.XksKeyId !== undefined) throw unsupported("XksKeyId");
}

/** The spec and usage of the new key. Throws AWS's refusals of combinations that do not exist. */
function readKeySpec(input: {
  readonly KeySpec?: KeySpec;
  readonly CustomerMasterKeySpec?: KeySpec;
  readonly KeyUsage?: KeyUsageType;
}): { readonly spec: KeySpec; readonly usage: KeyUsageType } {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validationException(
      "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
    );
  }
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (input.KeyUsage === undefined && spec !== "SYMMETRIC_DEFAULT") {
    throw validationException(
      "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    );
  }
  const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
  if (materialKind(spec) === undefined) throw unsupported(`KeySpec ${spec}`);
  if (!keyAlgorithms(spec, usage)) {
    throw validationException(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec, usage };
}
