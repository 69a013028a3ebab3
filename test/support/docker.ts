import type Dockerode from "dockerode";
import { findDocker } from "../../src/runtime/docker/engine.ts";

/** The Engine to test with, or why there is none. `SEALIFT_REQUIRE=docker` makes its absence a failure. */
export async function dockerForTests(): Promise<{ readonly docker?: Dockerode; readonly skip?: string }> {
  const docker = await findDocker();
  if (docker) return { docker };
  const reason = "no Docker Engine answers (DOCKER_HOST or Docker's default socket)";
  if (process.env.SEALIFT_REQUIRE?.split(",").includes("docker")) throw new Error(reason);
  return { skip: reason };
}
