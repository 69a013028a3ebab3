import type { Access, Call } from "../../aws/call.ts";
import type { Ssm } from "./index.ts";
import { isLabel } from "./labels.ts";
import type { Parameter, ParameterVersion, Tag } from "./parameter.ts";
import type { Reference } from "./reference.ts";

export type Conditions = Record<string, string | readonly string[]>;

/** A reference and the parameter that it was found to mean. */
export interface Found {
  readonly reference: Reference;
  readonly parameter: Parameter | undefined;
}

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
  const own = references.filter(({ account, region }) => account === call.account && region === call.region);
  const byName = await parameters.find(call, [...new Set(own.flatMap(({ names }) => names))]);
  const found = references.map((reference): Found => {
    const name = own.includes(reference) ? reference.names.find((one) => byName.has(one)) : undefined;
    return { reference, parameter: name === undefined ? undefined : byName.get(name) };
  });
  foundByCall.set(call, found);
  return found.map(({ reference, parameter }) => ({
    action: `ssm:${action}`,
    resource: reference.arn,
    resourceAccount: reference.account,
    conditions: { ...tagConditions(["aws:ResourceTag/", "ssm:resourceTag/"], parameter?.tags ?? []), ...conditions },
  }));
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
  call: Call,
  { reference: { selector }, parameter }: Found,
): Promise<ParameterVersion | undefined> {
  if (parameter === undefined || selector === undefined) return parameter;
  if (selector === String(parameter.version)) return parameter;
  if (/^\d{1,15}$/.test(selector)) return parameters.findVersion(call, parameter.name, Number(selector));
  return isLabel(selector) ? parameters.findVersion(call, parameter.name, selector) : undefined;
}

/** Condition keys of the tags in a request. */
export function requestTagConditions(tags: readonly Tag[]): Conditions {
  return tags.length === 0
    ? {}
    : { ...tagConditions(["aws:RequestTag/"], tags), ...tagKeyConditions(tags.map(({ key }) => key)) };
}

export function tagKeyConditions(keys: readonly string[]): Conditions {
  return { "aws:TagKeys": keys };
}

function tagConditions(prefixes: readonly string[], tags: readonly Tag[]): Conditions {
  if (tags.length === 0) return {};
  return Object.fromEntries(prefixes.flatMap((prefix) => tags.map(({ key, value }) => [prefix + key, value])));
}
