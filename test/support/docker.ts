import type Dockerode from "dockerode";
import * as engine from "../../src/runtime/docker/engine.ts";
import { readDockerHost } from "../../src/server/docker-host.ts";

/** The address of the tests' Engine. */
const dockerAddress = readDockerHost(process.env);

export function connectDocker(): Promise<Dockerode> {
  return engine.connectDocker(dockerAddress);
}

/** `undefined` if no Engine answers. */
export function findDocker(): Promise<Dockerode | undefined> {
  return engine.findDocker(dockerAddress);
}
