import type Dockerode from "dockerode";
import { isConflict, isMissing, unless } from "./engine-error.ts";

/** Deletes a container, running or not, together with its anonymous volumes. One that does not exist is no error. */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (isMissing(error)) return;
    if (!isConflict(error)) throw error;
    await unless(isMissing, container.wait({ condition: "removed" })); // its removal has begun already
  }
}
