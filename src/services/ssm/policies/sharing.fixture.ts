import { GetResourcePoliciesCommand, PutParameterCommand, PutResourcePolicyCommand } from "@aws-sdk/client-ssm";
import type { Setting } from "../ssm.fixture.ts";

/** The ARN of `/a`. */
export const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";

/** A policy that shares `/a`; `statement` are changes of its one statement. */
export function policyOf(statement: object): string {
  const all = { Effect: "Allow", Principal: { AWS: "222233334444" }, Action: "ssm:GetParameter", Resource: arn };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...all, ...statement }] });
}

/** A policy that shares `/a` with an account. */
export function policy(account = "222233334444"): string {
  return policyOf({ Principal: { AWS: account } });
}

/** Puts `/a` and shares it. */
export async function share({ client }: Setting, Policy = policy()) {
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  return client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy }));
}

/** The policies of `/a`. */
export async function policies({ client }: Setting) {
  return (await client.send(new GetResourcePoliciesCommand({ ResourceArn: arn }))).Policies;
}
