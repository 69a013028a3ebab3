import type Dockerode from "dockerode";
import type { Machine, Subnet } from "../runtime.ts";
import { findGpus } from "./gpus.ts";
import { engineArchitecture } from "./import-image.ts";

/**
 * Log drivers that a task definition may name, and the ones ECS knows beside them.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
 */
const known = ["awslogs", "fluentd", "gelf", "journald", "json-file", "logentries", "splunk", "sumologic", "syslog"];

export async function describeEngine(docker: Dockerode, subnet: Subnet): Promise<Machine> {
  const info = await docker.info();
  const { Log: offered, Volume: volumes }: { readonly Log: readonly string[]; readonly Volume: readonly string[] } =
    info.Plugins;
  return {
    version: info.ServerVersion,
    cpu: info.NCPU * 1024,
    memory: Math.floor(info.MemTotal / (1024 * 1024)),
    architecture: engineArchitecture(info.Architecture),
    logDrivers: [...known.filter((driver) => offered.includes(driver)), "none"], // every Engine has none, and lists it nowhere
    isolates: true,
    // A managed plugin is listed with its tag, and definitions name it without.
    volumeDrivers: volumes.map((driver) => driver.replace(/:.*/, "")),
    gpus: "nvidia" in (info.Runtimes ?? {}) ? await findGpus() : [],
    subnet,
  };
}
