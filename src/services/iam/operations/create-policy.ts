import { CreatePolicyCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onNewPolicy } from "../policies/access.ts";
import { checkManagedPolicy } from "../policies/document.ts";
import { type ManagedPolicy, policyArn } from "../policies/policy.ts";
import { policySummary } from "../policies/shape.ts";
import { casedTags, tagList } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = operation(CreatePolicyCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => onNewPolicy(call, input.Path, input.PolicyName, tags),
  async run(tags, input, { store, ids }: Iam, call) {
    const path = input.Path ?? "/";
    const policy: ManagedPolicy = {
      arn: policyArn(call, path, input.PolicyName),
      id: uniqueId("ANPA", call.account, ids),
      account: call.account,
      name: input.PolicyName,
      path,
      description: input.Description,
      tags: casedTags.merge({}, tags),
      defaultVersion: 1,
      latestVersion: 1,
      createdAt: wholeSeconds(call.time),
      updatedAt: wholeSeconds(call.time),
    };
    checkManagedPolicy(input.PolicyDocument);
    await store.transaction(async (store) => {
      if (await store.policies.isTaken(call.account, policy.name)) {
        throw new ApiError(
          EntityAlreadyExistsException$,
          `A policy called ${policy.name} already exists. Duplicate names are not allowed.`,
        );
      }
      await store.policies.insert(policy, input.PolicyDocument);
    });
    return {
      Policy: {
        ...policySummary(policy, { attachments: 0, boundaries: 0 }),
        ...defined({ Tags: input.Tags?.length ? tagList(policy.tags) : undefined }),
      },
    };
  },
});
