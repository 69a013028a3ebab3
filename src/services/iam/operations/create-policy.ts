import { CreatePolicyCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onNewPolicy } from "../entities/access.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { policySummary } from "../entities/shape.ts";
import { checkManagedPolicy } from "../policies/document.ts";
import { type ManagedPolicy, policyArn } from "../policies/policy.ts";
import { casedTags, requestTagConditions, tagList } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = operation(CreatePolicyCommand)({
  access: (input, call) =>
    onNewPolicy(
      call,
      "iam:CreatePolicy",
      input.Path ?? "/",
      input.PolicyName,
      requestTagConditions(casedTags.read(input.Tags)),
    ),
  async run(input, { store, ids }: Iam, call) {
    const path = input.Path ?? "/";
    const policy: ManagedPolicy = {
      arn: policyArn(call, path, input.PolicyName),
      id: uniqueId("ANPA", call.account, ids),
      account: call.account,
      name: input.PolicyName,
      path,
      description: input.Description,
      tags: casedTags.merge({}, casedTags.read(input.Tags)),
      defaultVersion: 1,
      latestVersion: 1,
      createdAt: wholeSeconds(call.time),
      updatedAt: wholeSeconds(call.time),
    };
    checkManagedPolicy(input.PolicyDocument);
    await store.transaction(async (store) => {
      if (await store.isPolicyTaken(call.account, policy.name)) {
        throw new ApiError(
          EntityAlreadyExistsException$,
          `A policy called ${policy.name} already exists. Duplicate names are not allowed.`,
        );
      }
      await store.insertPolicy(policy, input.PolicyDocument);
    });
    return {
      Policy: {
        ...policySummary(policy, { attachments: 0, boundaries: 0 }),
        ...(input.Tags && input.Tags.length > 0 && { Tags: tagList(policy.tags) }),
      },
    };
  },
});
