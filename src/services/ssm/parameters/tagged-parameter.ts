import type { Access, Call } from "../../../model/call.ts";
import type { Ssm } from "../context.ts";
import { invalidResourceId, invalidResourceType } from "../errors.ts";
import { type Conditions, foundParameter, parameterAccess } from "./access.ts";
import { isName } from "./name.ts";
import type { Parameter } from "./parameter.ts";
import { parseReference } from "./reference.ts";

/** The resource of a request about tags. */
interface Resource {
  readonly ResourceType: string;
  readonly ResourceId: string;
}

/** What a caller needs to use the tags of a resource, which must be a parameter. */
export async function taggedAccess(
  action: string,
  { ResourceType, ResourceId }: Resource,
  call: Call,
  context: Ssm,
  conditions?: Conditions,
): Promise<Access[]> {
  if (ResourceType !== "Parameter") throw invalidResourceType(ResourceType);
  if (!isName(ResourceId.trim())) throw invalidResourceId();
  return parameterAccess(action, [parseReference(call, ResourceId)], call, context, conditions);
}

/** The parameter that `taggedAccess` has found. */
export function taggedParameter(call: Call): Parameter {
  const parameter = foundParameter(call);
  if (!parameter) throw invalidResourceId();
  return parameter;
}
