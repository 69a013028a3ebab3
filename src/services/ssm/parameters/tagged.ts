import type { Call } from "../../../model/call.ts";
import { invalidResourceId, invalidResourceType } from "../errors.ts";
import type { FoundParameter } from "./found.ts";
import { isName } from "./name.ts";
import type { Parameter } from "./parameter.ts";
import { parseReference, type Reference } from "./reference.ts";

/** The resource in a request about tags, which must be a parameter. */
export function taggedReference(
  call: Call,
  { ResourceType, ResourceId }: { readonly ResourceType: string; readonly ResourceId: string },
): Reference {
  if (ResourceType !== "Parameter") throw invalidResourceType(ResourceType);
  if (!isName(ResourceId.trim())) throw invalidResourceId();
  return parseReference(call, ResourceId);
}

/** The parameter that was found; throws if there is none. */
export function taggedParameter({ parameter }: FoundParameter): Parameter {
  if (!parameter) throw invalidResourceId();
  return parameter;
}
