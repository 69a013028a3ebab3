import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { openTaskEndpoint, type TaskEndpoint, type TaskEndpointOptions } from "./endpoint.ts";

/** Without it the agent does without, and offers no task roles. */
export async function endpointOrNone(options: TaskEndpointOptions): Promise<TaskEndpoint | undefined> {
  try {
    return await openTaskEndpoint(options);
  } catch (error) {
    if (error instanceof RuntimeUnavailableError) throw error;
    const message = "Tasks with a task role cannot run on this machine: nothing can be served to them at 169.254.170.2";
    options.log.error({ err: error }, message);
    return undefined;
  }
}
