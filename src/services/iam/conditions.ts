import type { Access, Call, Principal } from "../../aws/call.ts";
import type { Tags } from "./entity.ts";

type Context = Record<string, string | readonly string[]>;

const principalTypes: Readonly<Record<Principal["kind"], string>> = {
  root: "Account",
  user: "User",
  "assumed-role": "AssumedRole",
  service: "Service",
};

/**
 * The condition keys of a request, in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionContext(call: Call, access: Access, entityTags: Tags): Context {
  const { principal, time } = call;
  const isService = principal.kind === "service";
  const context: Context = {
    "aws:currenttime": time.toISOString(),
    "aws:epochtime": String(Math.floor(time.getTime() / 1000)),
    "aws:principalaccount": principal.account,
    "aws:principalarn": principal.roleArn ?? principal.arn,
    "aws:principalisawsservice": String(isService),
    "aws:principaltype": principalTypes[principal.kind],
    "aws:requestedregion": call.region,
    "aws:resourceaccount": access.resourceAccount ?? call.account,
    // This server speaks plain HTTP.
    "aws:securetransport": "false",
    "aws:sourceip": call.sourceIp.replace(/^::ffff:(?=\d+\.)/i, ""),
    "aws:useragent": call.userAgent,
    "aws:userid": principal.userId,
    "aws:viaawsservice": "false",
  };
  if (isService) context["aws:principalservicename"] = principal.arn;
  if (principal.userName !== undefined) context["aws:username"] = principal.userName;
  if (principal.sourceIdentity !== undefined) context["aws:sourceidentity"] = principal.sourceIdentity;
  if (principal.sessionIssuedAt !== undefined) {
    context["aws:tokenissuetime"] = principal.sessionIssuedAt.toISOString();
    context["aws:multifactorauthpresent"] = "false";
  }
  for (const tags of [entityTags, principal.tags ?? {}]) {
    for (const [key, value] of Object.entries(tags)) context[`aws:principaltag/${key.toLowerCase()}`] = value;
  }
  for (const [key, value] of Object.entries(access.conditions ?? {})) context[key.toLowerCase()] = value;
  return context;
}
