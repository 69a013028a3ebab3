import { type Definition, wellFormed } from "../check/index.ts";
import { ConfigError } from "../server/config.ts";

/** A definition of the file `name`, in which a member that is null is none. Throws a `ConfigError` where one has another type. */
export function typedDefinition(value: object, name: string): Definition {
  const { definition, misfits } = wellFormed(value);
  const wrong = misfits.find(({ wanted }) => wanted !== undefined);
  if (wrong) {
    throw new ConfigError(`Cannot read the task definition ${name}: ${wrong.pointer} must be ${wrong.wanted}`);
  }
  return definition;
}
