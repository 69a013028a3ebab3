import { defined } from "../../../defined.ts";
import type { RegistryCredentials } from "../../../runtime/images.ts";
import { RuntimeError, RuntimeUnavailableError } from "../../../runtime/runtime-error.ts";
import { explainPull } from "../pull-reason.ts";
import { payloadOf, type TaskEvent } from "../task.ts";
import { neverRan, type StepContext } from "./step.ts";

/** Makes the container's image present. */
export async function pullImage(
  context: StepContext,
  container: string,
  credentials?: RegistryCredentials | RuntimeError,
): Promise<TaskEvent | undefined> {
  const { image } = payloadOf(context.task, container);
  try {
    if (credentials instanceof RuntimeError) throw credentials;
    const { digest } = await context.patiently(() => context.runtime.images.pull(image, credentials));
    return { kind: "pulled", container, ...defined({ digest }) };
  } catch (error) {
    return neverRan(context, container, explained(image, error));
  }
}

function explained(image: string, error: unknown): unknown {
  if (!(error instanceof RuntimeError) || error instanceof RuntimeUnavailableError) return error;
  return new RuntimeError(error.name, explainPull(image, error.message), { cause: error });
}
