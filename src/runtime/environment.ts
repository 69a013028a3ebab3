import type { ContainerSpec } from "./containers.ts";
import { RuntimeError } from "./runtime-error.ts";

/**
 * Rejects, with `CannotCreateContainerError`, variables that no program can be given. Done by us because Node and Docker quote
 * the value in their errors, and it may be a secret.
 */
export function checkEnvironment(environment: ContainerSpec["environment"]): void {
  for (const [name, value] of Object.entries(environment)) {
    const fault = faultOf(name, value);
    if (fault) throw new RuntimeError("CannotCreateContainerError", fault);
  }
}

function faultOf(name: string, value: string): string | undefined {
  if (name === "") return "an environment variable has no name";
  if (name.includes("\0")) return "an environment variable's name contains a NUL character";
  if (name.includes("=")) return `the environment variable's name "${name}" contains "="`;
  if (value.includes("\0")) return `the value of environment variable "${name}" contains a NUL character`;
  return undefined;
}
