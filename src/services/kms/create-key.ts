import { CreateKeyCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import { regionalArn } from "../../aws/arn.ts";
import { operation } from "../../aws/operation.ts";
import { refuseLockout, refuseMalformedPolicy } from "./check-key-policy.ts";
import type { Kms } from "./index.ts";
import { keyArn, keyMetadata } from "./key.ts";
import { tagConditions } from "./key-access.ts";
import { defaultKeyPolicy } from "./key-policy.ts";
import { readTags } from "./key-tags.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = operation(CreateKeyCommand)({
  access(input, call) {
    refuseUnsupported(input);
    const tags = readTags(input.Tags);
    const conditions = {
      "kms:CallerAccount": call.principal.account,
      "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
      "kms:KeyOrigin": "AWS_KMS",
      "kms:KeySpec": "SYMMETRIC_DEFAULT",
      "kms:KeyUsage": "ENCRYPT_DECRYPT",
      "kms:MultiRegion": "false",
      ...tagConditions(tags),
    };
    const create = { action: "kms:CreateKey", resource: "*", conditions };
    if (tags.size === 0) return create;
    return [create, { action: "kms:TagResource", resource: regionalArn(call, "kms", "key/*"), conditions }];
  },
  async run(input, context: Kms, call) {
    const policy = input.Policy ?? defaultKeyPolicy(call);
    const tags = readTags(input.Tags);
    const description = input.Description ?? "";
    if (input.Policy !== undefined) {
      await refuseMalformedPolicy(context, call, policy);
      if (!input.BypassPolicyLockoutSafetyCheck) {
        const planned = { account: call.account, policy, tags, aliases: [] };
        await refuseLockout(context, call, { key: planned, arn: regionalArn(call, "kms", "key/*") });
      }
    }
    const key = await context.keys.create(call, { policy, description, tags });
    return { KeyMetadata: keyMetadata(key, keyArn(call, key.id)) };
  },
});

function refuseUnsupported(input: {
  readonly KeySpec?: string;
  readonly CustomerMasterKeySpec?: string;
  readonly KeyUsage?: string;
  readonly Origin?: string;
  readonly MultiRegion?: boolean;
  readonly CustomKeyStoreId?: string;
  readonly XksKeyId?: string;
}): void {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validation(
      "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
    );
  }
  const { KeySpec: spec = input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT", KeyUsage: usage, Origin: origin } = input;
  if (spec !== "SYMMETRIC_DEFAULT") {
    if (usage !== undefined) throw unsupported(`KeySpec ${spec}`);
    throw validation("You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
  }
  if (usage !== undefined && usage !== "ENCRYPT_DECRYPT") {
    throw validation(`KeyUsage ${usage} is not compatible with KeySpec SYMMETRIC_DEFAULT`);
  }
  if (origin !== undefined && origin !== "AWS_KMS") throw unsupported(`Origin ${origin}`);
  if (input.MultiRegion) throw unsupported("MultiRegion");
  if (input.CustomKeyStoreId !== undefined) throw unsupported("CustomKeyStoreId");
  if (input.XksKeyId !== undefined) throw unsupported("XksKeyId");
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

function unsupported(what: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${what} is not supported by Sealift`);
}
