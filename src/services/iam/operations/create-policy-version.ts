import { CreatePolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { findPolicy } from "../entities/find.ts";
import { versionSummary } from "../entities/shape.ts";
import { limitExceeded } from "../errors.ts";
import { checkManagedPolicy } from "../policies/document.ts";

const mostVersions = 5;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = operation(CreatePolicyVersionCommand)({
  access: onPolicyToChange("iam:CreatePolicyVersion"),
  async run(input, { store }: Iam, call) {
    checkManagedPolicy(input.PolicyDocument);
    const createdAt = wholeSeconds(call.time);
    return await store.transaction(async (store) => {
      const policy = await findPolicy(store, call, input.PolicyArn);
      if ((await store.listPolicyVersions(policy.arn)).length >= mostVersions) {
        throw limitExceeded(
          `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
        );
      }
      const latestVersion = policy.latestVersion + 1;
      const version = { version: latestVersion, document: input.PolicyDocument, createdAt };
      const defaultVersion = input.SetAsDefault ? latestVersion : policy.defaultVersion;
      await store.insertPolicyVersion(policy.arn, version);
      await store.updatePolicy(policy.arn, { defaultVersion, latestVersion, updatedAt: createdAt });
      return { PolicyVersion: versionSummary({ ...policy, defaultVersion }, version) };
    });
  },
});
