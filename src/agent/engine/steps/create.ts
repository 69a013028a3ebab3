import type { ContainerSpec } from "../../../runtime/containers.ts";
import { withRouterAddress } from "../../firelens/index.ts";
import { findContainer } from "../adopt.ts";
import { containerOf, type TaskEvent } from "../task.ts";
import { neverRan, type StepContext } from "./step.ts";

/** Milliseconds that creating may take, as in AWS's agent. */
const patience = 4 * 60_000;

/** Creates the container. An earlier try may have created it already: then that one is taken. */
export async function createContainer(
  context: StepContext,
  container: string,
  spec: () => ContainerSpec,
): Promise<TaskEvent | undefined> {
  const { containers } = context.runtime;
  const create = async () => containers.create(await withRouterAddress(containers, context.task, container, spec()));
  try {
    const id = await context.patiently(async (again) => {
      const made = again && findContainer(context.task, containerOf(context.task, container), await containers.list());
      return made ? made.id : context.within("created", patience, () => create());
    });
    return { kind: "created", container, id };
  } catch (error) {
    return neverRan(context, container, error);
  }
}
