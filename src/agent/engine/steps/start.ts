import type { TaskEvent } from "../task.ts";
import { observeEnd } from "./observe.ts";
import { attemptOf, isCutShort, reasonOf, type StepContext } from "./step.ts";

/**
 * Starts a created container. One whose program has ended already is reported as ended. After a failure the container
 * may run nonetheless, and is to be stopped.
 */
export async function startContainer(
  context: StepContext,
  container: string,
): Promise<readonly TaskEvent[] | { readonly failed: string }> {
  const { containers } = context.runtime;
  const { runtimeId: id = "" } = attemptOf(context, container);
  try {
    const state = await context.patiently(async (again) => {
      // An earlier try may have started it, and the program may even have ended: it must not run again.
      const before = again ? await containers.inspect(id) : undefined;
      if (before?.startedAt === undefined) await containers.start(id);
      return containers.inspect(id);
    });
    const now = context.clock.now().getTime();
    const at = state?.startedAt?.getTime() ?? now;
    const started: TaskEvent = { kind: "started", container, at, ports: state?.ports ?? [] };
    return state?.status === "running" ? [started] : [started, observeEnd(container, state, now, context.redact)];
  } catch (error) {
    return isCutShort(context, error) ? [] : { failed: reasonOf(error, context.redact) };
  }
}
