import { GetFederationTokenCommand } from "@aws-sdk/client-sts";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { type Need, operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Sts } from "../context.ts";
import { refuseSession } from "../errors.ts";
import { userSessionSeconds } from "../sessions/duration.ts";
import { checkPackedSize } from "../sessions/packed-size.ts";
import { sessionPolicies } from "../sessions/policies.ts";
import { shownCredentials } from "../sessions/shape.ts";
import { requestedTags, tagList } from "../sessions/tags.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html: the session may do what both the user's
 * policies and the session's allow. Without session policies it may do nothing.
 */
export const getFederationToken = operation(GetFederationTokenCommand)({
  find(input, call) {
    refuseSession(call, "GetFederationToken");
    return { arn: federatedUserArn(call, input.Name), tags: requestedTags(input) };
  },
  access({ arn, tags }) {
    const requested = tagList(tags);
    const need: Need = { resource: arn, conditions: requestTagKeys(requested) };
    return requested.length > 0 ? [need, { ...need, action: "sts:TagSession" }] : need;
  },
  async run({ arn, tags }, input, { iam, sessions }: Sts, { account, principal, time }) {
    const policies = await sessionPolicies(input, account, iam);
    const packed = checkPackedSize(policies, tags);
    const userId = `${account}:${input.Name}`;
    const { kind, arn: userArn, userId: federatingId } = principal;
    const session = {
      kind: "federated-user" as const,
      arn,
      account,
      userId,
      ...defined({ federatingUser: kind === "user" ? { arn: userArn, userId: federatingId } : undefined }),
      ...(policies.length > 0 && { sessionPolicies: policies }),
      ...(Object.keys(tags).length > 0 && { tags }),
    };
    const seconds = userSessionSeconds(input.DurationSeconds, principal);
    const credentials = sessions.mint(session, time, seconds, input.MinimumSessionTokenSize);
    return {
      Credentials: shownCredentials(credentials),
      FederatedUser: { FederatedUserId: userId, Arn: arn },
      PackedPolicySize: packed ?? 0,
    };
  },
});

function federatedUserArn({ partition, account }: Call, name: string): string {
  return `arn:${partition}:sts::${account}:federated-user/${name}`;
}
