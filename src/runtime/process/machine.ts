import { availableParallelism, totalmem } from "node:os";
import type { Machine } from "../runtime.ts";
import { logDrivers } from "./log/log-drivers.ts";

/** This machine, as it is without an Engine. */
export function thisMachine(): Machine {
  return {
    version: process.versions.node,
    cpu: availableParallelism() * 1024,
    memory: Math.floor(totalmem() / (1024 * 1024)),
    architecture: process.arch === "arm64" ? "arm64" : "x86_64",
    logDrivers,
    isolates: false,
    volumeDrivers: [],
    gpus: [],
    subnet: { cidr: "127.0.0.1/32", gateway: "127.0.0.1" },
  };
}
