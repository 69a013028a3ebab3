import type Dockerode from "dockerode";
import type { ContainerSpec } from "../containers.ts";
import { isMissing, unless } from "./engine-error.ts";

/** The spec without those variables that give way to the image's own. */
export async function withImage(docker: Dockerode, spec: ContainerSpec): Promise<ContainerSpec> {
  const { unlessInImage: groups = [], ...rest } = spec;
  if (groups.length === 0) return rest;
  // Of an image that is not there, whoever creates the container hears.
  const image = await unless(isMissing, docker.getImage(spec.image).inspect());
  // The Engine writes null where there are none.
  const own = (image?.Config.Env ?? []).map((variable) => variable.split("=", 1)[0] ?? "");
  const dropped = new Set(groups.filter((names) => names.some((name) => own.includes(name))).flat());
  const environment = Object.entries(spec.environment).filter(([name]) => !dropped.has(name));
  return { ...rest, environment: Object.fromEntries(environment) };
}
