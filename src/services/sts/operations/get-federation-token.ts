import { GetFederationTokenCommand } from "@aws-sdk/client-sts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { refuseSession } from "../errors.ts";
import { checkPackedSize, longTermSeconds, requestedTags, sessionPolicies } from "../sessions/session-input.ts";
import { shownCredentials } from "../sessions/session-tokens.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html: what the session may do is what both
 * the user's policies and the session's allow; without session policies that is nothing.
 */
export const getFederationToken = operation(GetFederationTokenCommand)({
  access(input, call, _context: Sts) {
    refuseSession(call, "GetFederationToken");
    const tags = Object.entries(requestedTags(input));
    const conditions = {
      ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...(tags.length > 0 && { "aws:TagKeys": tags.map(([key]) => key) }),
    };
    const actions = ["sts:GetFederationToken", ...(tags.length > 0 ? ["sts:TagSession"] : [])];
    return actions.map((action) => ({ action, resource: federatedUserArn(call, input.Name), conditions }));
  },
  async run(input, { iam, sessions }, call) {
    const { account, principal, time } = call;
    const policies = await sessionPolicies(input, account, iam);
    const tags = requestedTags(input);
    const packed = checkPackedSize(policies, tags);
    const arn = federatedUserArn(call, input.Name);
    const userId = `${account}:${input.Name}`;
    const session = {
      ...{ kind: "federated-user" as const, arn, account, userId },
      ...(principal.kind === "user" && { federatingUser: { arn: principal.arn, userId: principal.userId } }),
      ...(policies.length > 0 && { sessionPolicies: policies }),
      ...(Object.keys(tags).length > 0 && { tags }),
    };
    const seconds = longTermSeconds(input.DurationSeconds, principal);
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
