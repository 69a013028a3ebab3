import { CreatePolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { limitExceeded } from "../errors.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { checkManagedPolicy } from "../policies/document.ts";
import { findPolicy, unchangedPolicy } from "../policies/find.ts";
import { versionSummary } from "../policies/shape.ts";
import { wholeSeconds } from "../whole-seconds.ts";

const mostVersions = 5;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = operation(CreatePolicyVersionCommand)({
  find: findPolicy,
  access: onPolicyToChange,
  async run(found, input, { store }, call) {
    checkManagedPolicy(input.PolicyDocument);
    const createdAt = wholeSeconds(call.time);
    return await store.transaction(async (store) => {
      const policy = await unchangedPolicy(store, found);
      if ((await store.policies.listVersions(policy.arn)).length >= mostVersions) {
        throw limitExceeded(
          `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
        );
      }
      const latestVersion = policy.latestVersion + 1;
      const version = { version: latestVersion, document: input.PolicyDocument, createdAt };
      const defaultVersion = input.SetAsDefault ? latestVersion : policy.defaultVersion;
      await store.policies.insertVersion(policy.arn, version);
      await store.policies.update(policy.arn, { defaultVersion, latestVersion, updatedAt: createdAt });
      return { PolicyVersion: versionSummary({ ...policy, defaultVersion }, version) };
    });
  },
});
