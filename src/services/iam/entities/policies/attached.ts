import { PolicyNotAttachableException$ } from "@aws-sdk/client-iam";
import { parseArn } from "../../../../arn.ts";
import { ApiError } from "../../../../model/api-error.ts";
import type { Call } from "../../../../model/call.ts";
import { quotaExceeded } from "../../errors.ts";
import { type PageInput, pageOf } from "../../page.ts";
import { noSuchPolicy } from "../../policies/errors.ts";
import { checkAttachable, checkPolicyArn } from "../../policies/find.ts";
import { isPolicyArn, policyName } from "../../policies/policy.ts";
import type { IamRecords } from "../../store.ts";
import type { Entity } from "../entity.ts";
import { serviceRolePath } from "../service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostAttached = 10;
const quotas = { role: "PoliciesPerRole", user: "PoliciesPerUser", group: "PoliciesPerGroup" } as const;

/** The operations on attached policies, which do the same for roles, users and groups. */
export async function attachPolicy(store: IamRecords, call: Call, entity: Entity, arn: string): Promise<void> {
  await checkAttachable(store, call, arn);
  if (isServicePolicy(arn)) {
    throw new ApiError(PolicyNotAttachableException$, "Cannot attach a Service Role Policy to a Customer Role.");
  }
  const attached = await store.attachments.list(entity.id);
  if (attached.includes(arn)) return;
  if (attached.length >= mostAttached) throw quotaExceeded(quotas[entity.kind], mostAttached);
  await store.attachments.attach(entity.id, arn);
}

/** Service-linked roles alone have these policies. */
function isServicePolicy(arn: string): boolean {
  const { account, resource } = parseArn(arn) ?? { account: "", resource: "" };
  return account === "aws" && resource.startsWith(`policy${serviceRolePath}`);
}

export async function detachPolicy(store: IamRecords, entity: Entity, arn: string): Promise<void> {
  checkPolicyArn(arn);
  if (!(await store.attachments.detach(entity.id, arn))) throw noSuchPolicy(arn);
}

export async function listAttachedPolicies(
  store: IamRecords,
  { id }: Entity,
  input: PageInput & { readonly PathPrefix?: string },
) {
  const prefix = input.PathPrefix ?? "/";
  const arns = (await store.attachments.list(id)).filter((arn) => {
    const resource = arn.split(":").slice(5).join(":");
    return isPolicyArn(arn) && resource.slice("policy".length, resource.lastIndexOf("/") + 1).startsWith(prefix);
  });
  const { page, ...rest } = pageOf(arns, input, (arn) => `${policyName(arn)} ${parseArn(arn)?.account}`);
  return { AttachedPolicies: page.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
}
