import { parameterNotFound } from "../errors.ts";
import type { Parameter, ParameterVersion } from "./parameter.ts";
import type { Reference } from "./reference.ts";

/** A reference and the parameter that it names. */
export interface FoundParameter {
  readonly reference: Reference;
  readonly parameter: Parameter | undefined;
}

/** A reference, the parameter that it names, and the version that it selects: the newest one without a selector. */
export interface FoundVersion extends FoundParameter {
  readonly version: ParameterVersion | undefined;
}

/** The parameter that was found; throws if there is none. */
export function existingParameter({ parameter }: FoundParameter): Parameter {
  if (!parameter) throw parameterNotFound();
  return parameter;
}
