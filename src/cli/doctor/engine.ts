import { systemClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { findDocker } from "../../runtime/docker/engine.ts";
import type { Limits } from "../../runtime/limits.ts";
import type { LinkLocal } from "../../runtime/link-local.ts";
import type { Config } from "../../server/config.ts";
import { enginePrefix, openRuntime } from "../../server/open-runtime.ts";
import { type Check, fails, partly, works } from "./check.ts";

/** The oldest Engine that Sealift is tried with. */
const oldest = [20, 10] as const;

/** What tasks will run with, and whether they get their role's credentials. */
export async function engine(config: Config): Promise<readonly Check[]> {
  if (config.docker === undefined) return [works("engine", "Tasks run as processes, as --runtime process says")];
  // A name of its own, so that nothing of a running Sealift's is touched.
  const data = `${config.data}#doctor`;
  await using _ = { [Symbol.asyncDispose]: () => removeNetwork(config, enginePrefix(data)) };
  const needs = { clock: systemClock, ids: randomIds };
  await using runtime = await openRuntime({ ...config, runtime: "auto" }, data, needs);
  if (runtime.kind !== "docker") {
    const mend = "Start one, or say where it is with DOCKER_HOST.";
    if (config.runtime === "docker") return [fails("engine", "No Docker Engine answers", mend)];
    return [partly("engine", "No Docker Engine answers: tasks run as local processes, without images", mend)];
  }
  // It makes the network of the tasks, for which an Engine may have no addresses left.
  const machine = await runtime.describe().catch((error: Error) => error);
  if (machine instanceof Error) {
    const mend =
      "Remove networks that nothing uses (docker network prune), or give the Engine more default-address-pools.";
    return [works("engine", "A Docker Engine answers"), fails("network", machine.message, mend)];
  }
  const { version, cpu, memory, architecture, subnet } = machine;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const detail = `Docker Engine ${version}, ${architecture}, ${cpu / 1024} CPUs, ${memory} MiB`;
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  return [
    isOld
      ? partly("engine", detail, `Sealift is tried with ${oldest.join(".")} and newer: update it.`)
      : works("engine", detail),
    works("network", `Tasks with networkMode awsvpc get addresses of ${subnet.cidr}`),
    ...(runtime.limits ? [await taskLimits(runtime.limits)] : []),
    ...(runtime.linkLocal ? [await taskEndpoint(runtime.linkLocal)] : []),
  ];
}

/** To know the tasks' addresses, their network has to be made. */
async function removeNetwork({ docker: address }: Config, name: string): Promise<void> {
  const docker = address && (await findDocker(address));
  const [network] = (await docker?.listNetworks({ filters: { name: [`^${name}$`] } })) ?? [];
  if (docker && network) await docker.getNetwork(network.Id).remove();
}

async function taskLimits(limits: Limits): Promise<Check> {
  const task = randomIds.hex(32);
  try {
    const { parent } = await limits.open({ task, memory: 64 * 1024 * 1024 });
    if (parent !== undefined) return works("task-limits", "The containers of a task are limited together");
    return partly(
      "task-limits",
      "A task's own cpu and memory limit each of its containers, not all of them together",
      "Run Sealift as root on the Engine's own machine, with the Engine's cgroup driver cgroupfs.",
    );
  } finally {
    await limits.close(task);
  }
}

/** Tries for real: whether a container may have the address depends on the Engine, its machine and its settings. */
async function taskEndpoint(linkLocal: LinkLocal): Promise<Check> {
  const id = "task-endpoint";
  try {
    await using _ = await linkLocal.open("link-local");
    return works(id, "Containers get their role's credentials at 169.254.170.2");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    try {
      await using _ = await linkLocal.open("machine");
      const mend =
        "Nothing to do: SDKs take credentials from there, too. 169.254.170.2 needs an Engine that grants NET_ADMIN.";
      return partly(id, `Containers get their role's credentials at 127.0.0.1 instead of 169.254.170.2: ${why}`, mend);
    } catch (second) {
      const whyNot = second instanceof Error ? second.message : String(second);
      return fails(id, `Containers get no credentials of their role: ${why}; ${whyNot}`, "See docs/task-endpoint.md.");
    }
  }
}
