import type { Runtime } from "../../runtime/runtime.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";

/** Failures of one method that may follow each other. */
const longest = 3;

/**
 * The runtime behind a connection that breaks at random, before a call has been heard or before it is answered. `seed` makes it
 * break in the same places again.
 */
export function flaky(runtime: Runtime, seed: number): Runtime {
  let state = seed;
  const failures = new Map<string, number>();

  // https://en.wikipedia.org/wiki/Linear_congruential_generator
  function random(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  }

  function breaks(name: string, odds: number): boolean {
    const before = failures.get(name) ?? 0;
    const fails = before < longest && random() < odds;
    failures.set(name, fails ? before + 1 : 0);
    return fails;
  }

  function through<Input extends unknown[], Output>(name: string, work: (...input: Input) => Promise<Output>) {
    const error = (isUnheard: boolean) =>
      new RuntimeUnavailableError(`Cannot${name}Error`, "the connection broke", { isUnheard });
    return async (...input: Input): Promise<Output> => {
      if (breaks(name, 0.3)) throw error(true);
      const output = await work(...input);
      if (breaks(name, 0.3)) throw error(false);
      return output;
    };
  }

  const { images, networks, containers, fileStores } = runtime;
  return {
    ...runtime,
    images: { pull: through("PullContainer", images.pull) },
    networks: {
      create: through("CreateNamespace", networks.create),
      open: through("OpenNamespace", networks.open),
    },
    ...(fileStores && { fileStores: { ...fileStores, open: through("CreateFileStore", fileStores.open) } }),
    containers: {
      ...containers,
      create: through("CreateContainer", containers.create),
      start: through("StartContainer", containers.start),
      stop: through("StopContainer", containers.stop),
      remove: through("RemoveContainer", containers.remove),
      list: through("ListContainers", containers.list),
      inspect: through("InspectContainer", containers.inspect),
    },
  };
}
