import { PolicyNotAttachableException$ } from "@aws-sdk/client-iam";
import { parseArn } from "../../../../arn.ts";
import { ApiError } from "../../../../model/api-error.ts";
import type { Call } from "../../../../model/call.ts";
import { limitExceeded, noSuchInlinePolicy, noSuchPolicy, quotaExceeded } from "../../errors.ts";
import { pageOf } from "../../page.ts";
import { checkDocument, encodeDocument, policySize, policySizes } from "../../policies/document.ts";
import { isPolicyArn, policyName } from "../../policies/policy.ts";
import type { IamStatements } from "../../store.ts";
import type { Entity } from "../entity.ts";
import { findAttachable } from "../find.ts";
import { serviceRolePath } from "../service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostAttached = 10;
const quotas = { role: "PoliciesPerRole", user: "PoliciesPerUser", group: "PoliciesPerGroup" } as const;

/** What the operations on the policies of roles, users and groups have in common. */
export async function putInlinePolicy(
  store: IamStatements,
  { id, kind, name }: Entity,
  { PolicyName: policyName, PolicyDocument: document }: { PolicyName: string; PolicyDocument: string },
): Promise<void> {
  checkDocument(document, "identity");
  const others = (await store.listInline(id)).filter((policy) => policy.name !== policyName);
  const size = others.reduce((sum, policy) => sum + policySize(policy.document), policySize(document));
  const limit = policySizes.inline[kind];
  if (size > limit) throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`);
  await store.putInline(id, policyName, document);
}

export async function getInlinePolicy(store: IamStatements, { id, kind }: Entity, name: string) {
  const policy = (await store.listInline(id)).find((each) => each.name === name);
  if (!policy) throw noSuchInlinePolicy(kind, name);
  return { PolicyName: name, PolicyDocument: encodeDocument(policy.document) };
}

export async function deleteInlinePolicy(store: IamStatements, { id, kind }: Entity, name: string): Promise<void> {
  if (!(await store.deleteInline(id, name))) throw noSuchInlinePolicy(kind, name);
}

export async function listInlinePolicies(
  store: IamStatements,
  { id }: Entity,
  input: { readonly Marker?: string; readonly MaxItems?: number },
) {
  const names = (await store.listInline(id)).map(({ name }) => name);
  const { page, ...rest } = pageOf(names, input, (name) => name);
  return { PolicyNames: page, ...rest };
}

export async function attachPolicy(store: IamStatements, call: Call, entity: Entity, arn: string): Promise<void> {
  await findAttachable(store, call, arn);
  if (isServicePolicy(arn)) {
    throw new ApiError(PolicyNotAttachableException$, "Cannot attach a Service Role Policy to a Customer Role.");
  }
  const attached = await store.listAttached(entity.id);
  if (attached.includes(arn)) return;
  if (attached.length >= mostAttached) {
    throw quotaExceeded(quotas[entity.kind], mostAttached);
  }
  await store.attach(entity.id, arn);
}

/** Whether the policy is for service-linked roles only. */
function isServicePolicy(arn: string): boolean {
  const { account, resource } = parseArn(arn) ?? { account: "", resource: "" };
  return account === "aws" && resource.startsWith(`policy${serviceRolePath}`);
}

export async function detachPolicy(store: IamStatements, entity: Entity, arn: string): Promise<void> {
  if (!(await store.detach(entity.id, arn))) throw noSuchPolicy(arn);
}

export async function listAttachedPolicies(
  store: IamStatements,
  { id }: Entity,
  input: { readonly Marker?: string; readonly MaxItems?: number; readonly PathPrefix?: string },
) {
  const prefix = input.PathPrefix ?? "/";
  const arns = (await store.listAttached(id)).filter((arn) => {
    const resource = arn.split(":").slice(5).join(":");
    return isPolicyArn(arn) && resource.slice("policy".length, resource.lastIndexOf("/") + 1).startsWith(prefix);
  });
  const { page, ...rest } = pageOf(arns, input, (arn) => `${policyName(arn)} ${parseArn(arn)?.account}`);
  return { AttachedPolicies: page.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
}
