import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import { thaw } from "./cgroup.ts";
import { isMissing, unless } from "./engine-error.ts";
import { listedHealth } from "./health.ts";
import { runtimeLabel } from "./labels.ts";

const cgroups = "/sys/fs/cgroup";

/** Milliseconds between checks and of one, where they are not said. https://docs.docker.com/reference/dockerfile/#healthcheck */
const usual = 30_000;
/** Milliseconds that a check may be late on a busy machine. */
const patience = 5_000;

/**
 * Has the Engine check the health of containers again that it has stopped to check: those that outlived it, before its version 23
 * (https://github.com/moby/moby/issues/41871). It goes on when such a container was paused, which is done for a moment, and only
 * where no check came for as long as one may take.
 */
export async function resumeStalledChecks(docker: Dockerode, prefix: string, signal: AbortSignal): Promise<void> {
  const label = [`${runtimeLabel}=${prefix}`];
  const found = await docker.listContainers({ filters: { label, status: ["running", "paused"] } });
  const checked = found.filter(({ State, Status }) => State === "paused" || listedHealth(Status) !== undefined);
  await Promise.allSettled(checked.map(({ Id }) => resume(docker.getContainer(Id), signal)));
}

async function resume(container: Dockerode.Container, signal: AbortSignal): Promise<void> {
  const before = await container.inspect();
  const { Healthcheck: check } = before.Config;
  if (!check) return;
  // A process of ours may have ended before it could go on.
  if (before.State.Paused) return void (await container.unpause());
  // Or an Engine, before it noted the pause: then it neither pauses nor unpauses the container.
  await thaw(cgroups, before.Id, before.State.Pid);
  await delay(millisecondsOf(check.Interval) + millisecondsOf(check.Timeout) + patience, undefined, { signal });
  const after = await unless(isMissing, container.inspect());
  if (!after?.State.Running || lastCheck(after) !== lastCheck(before)) return;
  await container.pause();
  await container.unpause();
}

const millisecondsOf = (nanoseconds = 0) => (nanoseconds === 0 ? usual : nanoseconds / 1e6);

const lastCheck = ({ State }: Dockerode.ContainerInspectInfo) => State.Health?.Log?.at(-1)?.Start;
