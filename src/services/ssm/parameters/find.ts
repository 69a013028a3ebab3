import type { Call } from "../../../model/call.ts";
import type { Ssm } from "../context.ts";
import { findPublicParameter, isPublic } from "../public/public-parameters.ts";
import type { FoundParameter, FoundVersion } from "./found.ts";
import { isLabel } from "./labels.ts";
import { rooted } from "./name.ts";
import type { Parameter, ParameterVersion } from "./parameter.ts";
import type { Reference } from "./reference.ts";

/** A parameter of another region is not found. */
export async function findParameter(context: Ssm, call: Call, reference: Reference): Promise<FoundParameter> {
  const { account, region, name } = reference;
  if (account !== "" && region === call.region) {
    const byName = await context.store.parameters.find({ account, region }, [name], call.time);
    return { reference, parameter: byName.get(rooted(name)) };
  }
  const parameters = await findByReference(context, call, [reference]);
  return { reference, parameter: parameters.get(reference) };
}

/** As `findParameter` for each of the references, in their order. */
export async function findParameters(
  context: Ssm,
  call: Call,
  references: readonly Reference[],
): Promise<FoundParameter[]> {
  const parameters = await findByReference(context, call, references);
  return references.map((reference) => ({ reference, parameter: parameters.get(reference) }));
}

/** As `findParameter`, with the version. */
export async function findVersion(context: Ssm, call: Call, reference: Reference): Promise<FoundVersion> {
  const found = await findParameter(context, call, reference);
  return { ...found, version: await selectVersion(context, found) };
}

/** As `findParameters`, with the versions. */
export async function findVersions(
  context: Ssm,
  call: Call,
  references: readonly Reference[],
): Promise<FoundVersion[]> {
  const found = await findParameters(context, call, references);
  return Promise.all(found.map(async (one) => ({ ...one, version: await selectVersion(context, one) })));
}

async function findByReference(
  { store }: Ssm,
  call: Call,
  references: readonly Reference[],
): Promise<ReadonlyMap<Reference, Parameter>> {
  const here = references.filter(({ region }) => region === call.region);
  const found = new Map<Reference, Parameter>();
  for (const reference of here.filter(({ account, name }) => account === "" && isPublic(name))) {
    const parameter = await findPublicParameter(call.region, reference.name);
    if (parameter) found.set(reference, parameter);
  }
  for (const account of new Set(here.map((reference) => reference.account))) {
    if (account === "") continue;
    const asked = here.filter((reference) => reference.account === account);
    const names = asked.map(({ name }) => name);
    const byName = await store.parameters.find({ account, region: call.region }, names, call.time);
    for (const reference of asked) {
      const parameter = byName.get(rooted(reference.name));
      if (parameter) found.set(reference, parameter);
    }
  }
  return found;
}

async function selectVersion(
  { store }: Ssm,
  { reference, parameter }: FoundParameter,
): Promise<ParameterVersion | undefined> {
  const { selector } = reference;
  if (parameter === undefined || selector === undefined) return parameter;
  if (selector === String(parameter.version)) return parameter;
  if (/^\d{1,15}$/.test(selector)) return store.versions.find(reference, parameter.name, Number(selector));
  return isLabel(selector) ? store.versions.find(reference, parameter.name, selector) : undefined;
}
