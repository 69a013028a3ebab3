import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { testAccount, testCall } from "../../../../test/support/in-process.ts";
import type { Authorize, Principal } from "../../../model/call.ts";
import { denialMessage, evaluate, parsePolicy } from "../../../policy/index.ts";
import { openKms } from "../kms.fixture.ts";

const roleArn = `arn:aws:iam::${testAccount}:role/app`;

export const role: Principal = {
  kind: "assumed-role",
  arn: `arn:aws:sts::${testAccount}:assumed-role/app/task`,
  account: testAccount,
  userId: "AROATEST:task",
  accessKeyId: "ASIATEST",
  roleArn,
};

/** A user of another account. */
export const stranger: Principal = {
  ...role,
  account: "444455556666",
  arn: "arn:aws:iam::444455556666:user/eve",
  kind: "user",
};

export type Statements = readonly object[];

/** The statement of a key policy that allows the role something. */
export const allow = (more: object) => ({ Effect: "Allow", Principal: { AWS: roleArn }, Resource: "*", ...more });

/** The statement of a key policy that leaves the key to the account's identity policies. */
export const root = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${testAccount}:root` },
  Action: "kms:*",
  Resource: "*",
};

export const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** The refusal of a caller whom no policy of that kind allows the action. */
export function denied(principal: Principal, action: string, arn: string, kind: string) {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arn} because no ${kind}-based policy allows the ${action} action`;
  return { name: "AccessDeniedException", message };
}

/** KMS with key policies, and with the identity policies in `caller.identity`, decided by the real engine. */
export async function openPolicies() {
  let identity: () => Statements = () => [];
  const opened = await openKms(undefined, () => ({ authorize: enforcing(() => identity()) }));
  const caller: { principal: Principal; identity: Statements } = Object.assign(opened.caller, { identity: [] });
  identity = () => caller.identity;
  return {
    ...opened,
    caller,
    /** A key with the tag `team=blue`. */
    async create(policy?: object) {
      const Policy = policy && JSON.stringify(policy);
      const input = { ...(Policy && { Policy, BypassPolicyLockoutSafetyCheck: true }) };
      const { KeyMetadata } = await opened.kms.send(
        new CreateKeyCommand({ ...input, Tags: [{ TagKey: "team", TagValue: "blue" }] }),
      );
      return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn! };
    },
    call: (principal: Principal) => testCall(opened.clock, principal),
  };
}

function enforcing(identity: () => Statements): Authorize {
  return async (call, access) => {
    const conditions = Object.entries({ "aws:ViaAWSService": "false", ...access.conditions });
    const request = {
      principal: call.principal,
      action: access.action,
      resource: access.resource,
      resourceAccount: access.resourceAccount ?? call.account,
      context: Object.fromEntries(conditions.map(([name, value]) => [name.toLowerCase(), value])),
    };
    const { resourcePolicy } = access;
    const decision = evaluate(request, {
      identity: identity().map((statement) => ({
        name: "inline",
        policy: parsePolicy({ Version: "2012-10-17", Statement: [statement] }, "identity"),
      })),
      ...(resourcePolicy && {
        resource: { name: resourcePolicy.name, policy: parsePolicy(resourcePolicy.document, "resource") },
        resourceRule: resourcePolicy.rule,
      }),
    });
    return decision.effect === "allow" ? undefined : denialMessage(request, decision);
  };
}
