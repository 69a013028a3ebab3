import { RuntimeError, RuntimeUnavailableError } from "../../../runtime/runtime-error.ts";
import { lastStart, type TaskEvent } from "../task.ts";
import { observeEnd } from "./observe.ts";
import { attemptOf, isCutShort, reasonOf, type StepContext } from "./step.ts";

/** Milliseconds that starting may take, as in AWS's agent. */
const patience = 3 * 60_000;

/** An engine that is killed while it starts a container may forget that it did. */
const unsure = "the connection broke while the container was started, so it is not known whether its program ran";

/**
 * Starts a created container, or one between two runs again. One whose program has ended already is reported as ended. After a
 * failure the container may run nonetheless, and is to be stopped.
 */
export async function startContainer(
  context: StepContext,
  container: string,
): Promise<readonly TaskEvent[] | { readonly failed: string }> {
  const { containers } = context.runtime;
  const attempt = attemptOf(context, container);
  const { runtimeId: id = "" } = attempt;
  const last = lastStart(attempt);
  try {
    let isUnsure = false;
    const state = await context.patiently(async (again) => {
      // An earlier try may have started it, and the program may even have ended: it must not run again.
      const before = again ? await containers.inspect(id) : undefined;
      if (before?.startedAt !== undefined && before.startedAt.getTime() > (last ?? 0)) return before;
      if (isUnsure && last === undefined) throw new RuntimeError("CannotStartContainerError", unsure);
      isUnsure = true;
      await context
        .within("started", patience, () => containers.start(id))
        .catch((error: unknown) => {
          isUnsure = !(error instanceof RuntimeUnavailableError && error.isUnheard);
          throw error;
        });
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
