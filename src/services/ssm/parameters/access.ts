import type { Access, Call } from "../../../model/call.ts";
import type { Ssm } from "../context.ts";
import { isSharedAction } from "../policies/sharing-policy.ts";
import { isLabel } from "./labels.ts";
import type { AttachedPolicy, Parameter, ParameterVersion, Tag } from "./parameter.ts";
import type { Reference } from "./reference.ts";

export type Conditions = Record<string, string | readonly string[]>;

/** A reference and the parameter that it was found to mean. */
export interface Found {
  readonly reference: Reference;
  readonly parameter: Parameter | undefined;
}

const resourceTagPrefixes = ["aws:ResourceTag/", "ssm:resourceTag/"];

/** What `access` has read for a call is not read again by `run`. */
const foundByCall = new WeakMap<Call, readonly Found[]>();

/**
 * What a caller needs for an action on each of these parameters, whether they are there or not; they are kept for
 * `foundParameters`.
 */
export async function parameterAccess(
  action: string,
  references: readonly Reference[],
  call: Call,
  { parameters }: Ssm,
  conditions: Conditions = {},
): Promise<Access[]> {
  const found = await findAll(parameters, call, references);
  foundByCall.set(call, found);
  return found.map(({ reference, parameter }) => ({
    action: `ssm:${action}`,
    resource: reference.arn,
    resourceAccount: reference.account,
    ...sharing(`ssm:${action}`, parameter?.resourcePolicy),
    conditions: { ...tagConditions(resourceTagPrefixes, parameter?.tags ?? []), ...conditions },
  }));
}

/** The parameter's resource policy, where it has a say in the action. */
function sharing(action: string, policy: AttachedPolicy | undefined): Pick<Access, "resourcePolicy"> {
  if (!policy || !isSharedAction(action)) return {};
  return { resourcePolicy: { name: policy.id, document: policy.document, rule: "either" } };
}

/** The parameters of the references; those of another region are not found here. */
async function findAll(parameters: Ssm["parameters"], call: Call, references: readonly Reference[]): Promise<Found[]> {
  const here = references.filter(({ region }) => region === call.region);
  const found = new Map<Reference, Parameter>();
  for (const account of new Set(here.map((reference) => reference.account))) {
    const asked = here.filter((reference) => reference.account === account);
    const names = [...new Set(asked.flatMap((reference) => reference.names))];
    const byName = await parameters.find({ account, region: call.region }, names, call.time);
    for (const reference of asked) {
      const name = reference.names.find((one) => byName.has(one));
      if (name !== undefined) found.set(reference, byName.get(name)!);
    }
  }
  return references.map((reference) => ({ reference, parameter: found.get(reference) }));
}

/** The parameters that `parameterAccess` has found, in the order of its references. */
export function foundParameters(call: Call): readonly Found[] {
  return foundByCall.get(call) ?? [];
}

/** The one parameter that `parameterAccess` has found, if there is one. */
export function foundParameter(call: Call): Parameter | undefined {
  return foundParameters(call)[0]?.parameter;
}

/** The version that a reference selects of its parameter, the newest without a selector. */
export async function selectVersion(
  { parameters }: Ssm,
  { reference, parameter }: Found,
): Promise<ParameterVersion | undefined> {
  const { selector } = reference;
  if (parameter === undefined || selector === undefined) return parameter;
  if (selector === String(parameter.version)) return parameter;
  if (/^\d{1,15}$/.test(selector)) return parameters.findVersion(reference, parameter.name, Number(selector));
  return isLabel(selector) ? parameters.findVersion(reference, parameter.name, selector) : undefined;
}

/** Condition keys of the tags in a request. */
export function requestTagConditions(tags: readonly Tag[]): Conditions {
  return tags.length === 0
    ? {}
    : { ...tagConditions(["aws:RequestTag/"], tags), ...tagKeyConditions(tags.map(({ key }) => key)) };
}

/** Condition keys of the tags that a request makes a parameter with: policies find them as the parameter's, too. */
export function newTagConditions(tags: readonly Tag[]): Conditions {
  return { ...requestTagConditions(tags), ...tagConditions(resourceTagPrefixes, tags) };
}

export function tagKeyConditions(keys: readonly string[]): Conditions {
  return { "aws:TagKeys": keys };
}

function tagConditions(prefixes: readonly string[], tags: readonly Tag[]): Conditions {
  if (tags.length === 0) return {};
  return Object.fromEntries(prefixes.flatMap((prefix) => tags.map(({ key, value }) => [prefix + key, value])));
}
