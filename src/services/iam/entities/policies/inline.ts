import { limitExceeded } from "../../errors.ts";
import { type PageInput, pageOf } from "../../page.ts";
import { checkDocument, encodeDocument, policySize, policySizes } from "../../policies/document.ts";
import type { IamRecords } from "../../store.ts";
import type { Entity } from "../entity.ts";
import { noSuchInlinePolicy } from "../errors.ts";

/** The operations on inline policies, which do the same for roles, users and groups. */
export async function putInlinePolicy(
  store: IamRecords,
  { id, kind, name }: Entity,
  { PolicyName: policyName, PolicyDocument: document }: { PolicyName: string; PolicyDocument: string },
): Promise<void> {
  checkDocument(document, "identity");
  const others = (await store.inlinePolicies.list(id)).filter((policy) => policy.name !== policyName);
  const size = others.reduce((sum, policy) => sum + policySize(policy.document), policySize(document));
  const limit = policySizes.inline[kind];
  if (size > limit) throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`);
  await store.inlinePolicies.put(id, policyName, document);
}

export async function getInlinePolicy(store: IamRecords, { id, kind }: Entity, name: string) {
  const policy = (await store.inlinePolicies.list(id)).find((each) => each.name === name);
  if (!policy) throw noSuchInlinePolicy(kind, name);
  return { PolicyName: name, PolicyDocument: encodeDocument(policy.document) };
}

export async function deleteInlinePolicy(store: IamRecords, { id, kind }: Entity, name: string): Promise<void> {
  if (!(await store.inlinePolicies.delete(id, name))) throw noSuchInlinePolicy(kind, name);
}

export async function listInlinePolicies(store: IamRecords, { id }: Entity, input: PageInput) {
  const names = (await store.inlinePolicies.list(id)).map(({ name }) => name);
  const { page, ...rest } = pageOf(names, input, (name) => name);
  return { PolicyNames: page, ...rest };
}
