import { CreateKeyCommand, type KeySpec, type KeyUsageType, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { regionalArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { bypass, newTagConditions } from "../keys/access.ts";
import { refuseLockout, refuseMalformedPolicy } from "../keys/check-policy.ts";
import { keyArn, keyMetadata } from "../keys/key.ts";
import { defaultKeyPolicy } from "../keys/policy.ts";
import { keyAlgorithms, materialKind } from "../keys/spec.ts";
import { readTags } from "../keys/tags.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = operation(CreateKeyCommand)({
  access(input, call) {
    refuseUnsupported(input);
    const { spec, usage } = readKeySpec(input);
    const tags = readTags(input.Tags);
    const conditions = {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": input.Origin ?? "AWS_KMS",
      "kms:KeySpec": spec,
      "kms:KeyUsage": usage,
      "kms:MultiRegion": String(input.MultiRegion ?? false),
      ...(input.MultiRegion && { "kms:MultiRegionKeyType": "PRIMARY" }),
      ...newTagConditions(tags),
    };
    const create = { action: "kms:CreateKey", resource: "*", conditions: { ...conditions, ...bypass(input) } };
    if (tags.size === 0) return create;
    return [create, { action: "kms:TagResource", resource: regionalArn(call, "kms", "key/*"), conditions }];
  },
  async run(input, context: Kms, call) {
    const origin = input.Origin === "EXTERNAL" ? "EXTERNAL" : "AWS_KMS";
    const isMultiRegion = input.MultiRegion ?? false;
    const kind = { ...readKeySpec(input), origin, isMultiRegion } as const;
    const policy = input.Policy ?? defaultKeyPolicy(call);
    const tags = readTags(input.Tags);
    const description = input.Description ?? "";
    if (input.Policy !== undefined) {
      await refuseMalformedPolicy(context, call, policy);
      if (!input.BypassPolicyLockoutSafetyCheck) {
        const { account, region } = call;
        const primaryRegion = isMultiRegion ? region : undefined;
        const planned = { ...kind, account, region, primaryRegion, policy, tags, aliases: [] };
        await refuseLockout(context, call, { key: planned, arn: regionalArn(call, "kms", "key/*") });
      }
    }
    const key = await context.keys.create(call, { ...kind, policy, description, tags });
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

/** The spec and usage of the new key. Throws AWS's refusals of those that do not go together. */
function readKeySpec(input: {
  readonly KeySpec?: KeySpec;
  readonly CustomerMasterKeySpec?: KeySpec;
  readonly KeyUsage?: KeyUsageType;
}): { readonly spec: KeySpec; readonly usage: KeyUsageType } {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validation(
      "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
    );
  }
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (input.KeyUsage === undefined && spec !== "SYMMETRIC_DEFAULT") {
    throw validation("You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
  }
  const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
  if (materialKind(spec) === undefined) throw unsupported(`KeySpec ${spec}`);
  if (!keyAlgorithms(spec, usage)) throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  return { spec, usage };
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

function unsupported(what: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${what} is not supported by Sealift`);
}
