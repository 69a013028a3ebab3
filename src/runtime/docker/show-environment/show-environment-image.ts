import type Dockerode from "dockerode";
import { importProgramImage } from "../import-image.ts";
import { showEnvironmentCode } from "./show-environment-code.ts";

/**
 * Makes sure that the Engine has `sealift/show-environment`, without asking any registry; resolves to its name. It prints its
 * environment as `NAME=value` lines and, in a task with a role, what the endpoint of the role's credentials answers. Then it runs
 * until it is stopped. With an argument it is a health check, which asks for these credentials.
 */
export async function importShowEnvironmentImage(docker: Dockerode): Promise<string> {
  return importProgramImage(docker, "show-environment", showEnvironmentCode);
}
