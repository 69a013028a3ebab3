import type Dockerode from "dockerode";
import * as engine from "../../src/runtime/docker/engine.ts";
import { readDockerHost } from "../../src/server/docker-host.ts";

/** The address of the tests' Engine. */
export const dockerAddress = readDockerHost(process.env);

export function connectDocker(): Promise<Dockerode> {
  return engine.connectDocker(dockerAddress);
}

/** A busy machine may miss the short time that an Engine has to answer. */
const attempts = 5;

let found: Promise<Dockerode | undefined> | undefined;

/** `undefined` if no Engine answers. Always the same answer, so that tests are skipped as a whole. */
export function findDocker(): Promise<Dockerode | undefined> {
  found ??= look();
  return found;
}

async function look(): Promise<Dockerode | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const docker = await engine.findDocker(dockerAddress);
    if (docker) return docker;
  }
  return undefined;
}
