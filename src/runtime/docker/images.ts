import type { Images } from "../images.ts";
import type { PullBehavior } from "../pull-behavior.ts";
import type { Engine } from "./engine.ts";
import { named } from "./engine-error.ts";
import { isKept, type PullPatience, pull } from "./pull.ts";

/** The images of an Engine. Whoever wants an image that is being pulled with the same credentials waits for that pull. */
export function dockerImages({ connect }: Engine, behavior: PullBehavior, patience?: PullPatience): Images {
  const underWay = new Map<string, Promise<{ readonly digest?: string }>>();
  return {
    isKept: (image) => named("CannotPullContainerError", async () => isKept(await connect(), image, behavior)),
    pull(image, credentials) {
      const key = JSON.stringify([image, credentials]);
      const begun = underWay.get(key);
      if (begun) return begun;
      const options = { behavior, credentials, ...(patience && { patience }) };
      const pulled = named("CannotPullContainerError", async () => pull(await connect(), image, options));
      underWay.set(
        key,
        pulled.finally(() => underWay.delete(key)),
      );
      return underWay.get(key) ?? pulled;
    },
  };
}
