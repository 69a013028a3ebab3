import type { ContainerSpec, ContainerState, Containers, Given } from "../containers.ts";
import { checkEnvironment } from "../environment.ts";
import { checkHealthCheck } from "../health-check.ts";
import { containerOptions } from "./container-options.ts";
import { containerState } from "./container-state.ts";
import { createContainer } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { isMissing, isUnchanged, named, unless } from "./engine-error.ts";
import type { EngineEvents } from "./events.ts";
import { filePlacer } from "./file-stores.ts";

import { portPlaces } from "./free-ports.ts";

import { withImage } from "./image-environment.ts";

import { runtimeLabel } from "./labels.ts";
import { localName } from "./local-name.ts";
import { removeContainer } from "./remove-container.ts";

/** The containers of an Engine that carry the runtime's prefix. */
export function dockerContainers(engine: Engine, events: EngineEvents): Containers {
  const { connect, prefix } = engine;
  const withPlaces = portPlaces();
  const files = filePlacer(engine);
  const container = async (id: string) => (await connect()).getContainer(id);

  async function inspect(id: string): Promise<ContainerState | undefined> {
    const found = await unless(isMissing, (await container(id)).inspect());
    if (found?.Config.Labels?.[runtimeLabel] !== prefix) return undefined;
    const state = containerState(found);
    // A container of an earlier process may end before the Engine's events are heard.
    if (state.status === "running") events.watch(id);
    return state;
  }

  async function given(id: string): Promise<Given | undefined> {
    const found = await unless(isMissing, (await container(id)).inspect());
    if (found?.Config.Labels?.[runtimeLabel] !== prefix) return undefined;
    const variables = (found.Config.Env ?? []).map((variable): [string, string] => {
      const end = variable.indexOf("=");
      return end < 0 ? [variable, ""] : [variable.slice(0, end), variable.slice(end + 1)];
    });
    const { LogConfig: log } = found.HostConfig as { readonly LogConfig?: { readonly Config?: Given["logOptions"] } };
    return { environment: Object.fromEntries(variables), logOptions: log?.Config ?? {} };
  }

  async function list(): Promise<readonly ContainerState[]> {
    const docker = await connect();
    const found = await docker.listContainers({ all: true, filters: { label: [`${runtimeLabel}=${prefix}`] } });
    const states = await Promise.all(found.map(({ Id }) => inspect(Id)));
    return states.filter((state) => state !== undefined);
  }

  async function start(id: string): Promise<void> {
    events.watch(id);
    try {
      await unless(isUnchanged, (await container(id)).start());
    } catch (error) {
      events.forget(id);
      throw error;
    }
  }

  async function stop(id: string, timeoutSeconds: number): Promise<void> {
    const isDone = (error: unknown) => isMissing(error) || isUnchanged(error);
    await unless(isDone, (await container(id)).stop({ t: timeoutSeconds }));
  }

  async function create(given: ContainerSpec): Promise<string> {
    checkEnvironment(given.environment);
    checkHealthCheck(given);
    const docker = await connect();
    const spec = await withImage(docker, { ...given, image: await localName(docker, given.image) });
    const ports = spec.network === "bridge" ? await withPlaces(docker, spec.ports) : spec.ports;
    const mounts = await files.place(spec);
    return createContainer(docker, spec.name, containerOptions({ ...spec, ports }, prefix, mounts));
  }

  async function remove(id: string): Promise<void> {
    events.forget(id);
    await removeContainer(await container(id));
  }

  return {
    create: (spec) => named("CannotCreateContainerError", () => create(spec)),
    start: (id) => named("CannotStartContainerError", () => start(id)),
    stop: (id, timeoutSeconds) => named("CannotStopContainerError", () => stop(id, timeoutSeconds)),
    remove: (id) => named("CannotRemoveContainerError", () => remove(id)),
    list: () => named("CannotListContainersError", list),
    inspect: (id) => named("CannotInspectContainerError", () => inspect(id)),
    given: (id) => named("CannotInspectContainerError", () => given(id)),
  };
}
