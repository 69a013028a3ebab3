import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openBench } from "./bench.contract.ts";
import { containersContract } from "./containers.contract.ts";
import { environmentContract } from "./environment.contract.ts";
import { eventsContract } from "./events.contract.ts";
import { execContract } from "./exec.contract.ts";
import { fileStoresContract } from "./file-stores.contract.ts";
import { healthContract } from "./health.contract.ts";
import { linkLocalContract } from "./link-local.contract.ts";
import { logsContract } from "./logs.contract.ts";
import { networksContract } from "./networks.contract.ts";
import { statsContract } from "./stats.contract.ts";
import type { Subject } from "./subject.contract.ts";
import { volumesContract } from "./volumes.contract.ts";

const sections = {
  logs: logsContract,
  stats: statsContract,
  exec: execContract,
  volumes: volumesContract,
  linkLocal: linkLocalContract,
  fileStores: fileStoresContract,
};

export type Capability = keyof typeof sections;

export interface ContractOptions {
  /** The capabilities that the runtime has. It lacks the members of the others. */
  readonly capabilities: readonly Capability[];
  /** Why the runtime cannot be tried here. */
  readonly skip?: string | false;
}

/** Tests of all that a runtime promises. */
export function runtimeContract(
  name: string,
  make: () => Promise<Subject>,
  { capabilities, skip = false }: ContractOptions,
): void {
  describe(`runtime contract: ${name}`, { skip, timeout: 120_000 }, () => {
    const bench = openBench(make);
    const { runtime, subject } = bench;

    test("describe shows the machine's size and a subnet with its gateway", async () => {
      const machine = await runtime().describe();
      assert.ok(machine.cpu >= 1024 && machine.memory > 64, JSON.stringify(machine));
      assert.ok(machine.logDrivers.includes("json-file") && machine.logDrivers.includes("none"));
      assert.match(machine.subnet.cidr, /^\d+\.\d+\.\d+\.\d+\/\d+$/);
      assert.match(machine.subnet.gateway, /^\d+\.\d+\.\d+\.\d+$/);
    });

    test("pull resolves for an image that is there", async () => {
      await runtime().images.pull(subject().image);
    });

    test("a capability that the runtime lacks is an absent member", () => {
      for (const name of ["logs", "stats", "exec", "volumes", "linkLocal", "fileStores"] as const) {
        assert.equal(name in runtime(), capabilities.includes(name), name);
      }
    });

    containersContract(bench);
    environmentContract(bench);
    networksContract(bench);
    eventsContract(bench);
    healthContract(bench);
    for (const capability of capabilities) sections[capability](bench);
  });
}
