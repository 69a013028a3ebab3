import type Dockerode from "dockerode";
import type { ContainerSpec } from "../containers.ts";
import { isMissing, unless } from "./engine-error.ts";

/** The spec without those variables that give way to the image's own. */
export async function withImage(docker: Dockerode, spec: ContainerSpec): Promise<ContainerSpec> {
  const { unlessInImage: names = [], ...rest } = spec;
  if (names.length === 0) return rest;
  // Of an image that is not there, whoever creates the container hears.
  const image = await unless(isMissing, docker.getImage(spec.image).inspect());
  // The Engine writes null where there are none.
  const own = (image?.Config.Env ?? []).map((variable) => variable.split("=", 1)[0] ?? "");
  if (!names.some((name) => own.includes(name))) return rest;
  const environment = Object.entries(spec.environment).filter(([name]) => !names.includes(name));
  return { ...rest, environment: Object.fromEntries(environment) };
}
