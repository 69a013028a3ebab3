import { type AgentTask, containerOf } from "../engine/task.ts";
import { locationOf } from "../environment-files/index.ts";
import { pathsOf, routerOf } from "../firelens/index.ts";
import { terminalReason } from "../secrets/index.ts";
import { isUncreated } from "./needed.ts";
import { type Resource, ResourceFailure } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The configuration that a FireLens router reads besides, from S3 as the execution role. It is in memory only. */
export const firelensExternal: Resource<Uint8Array> = {
  kind: "firelens-external",
  after: [],
  keeps: "memory",
  needed(task) {
    const arn = arnOf(task);
    return arn !== undefined && task.desired !== "STOPPED" && isUncreated(containerOf(task, arn.router));
  },

  async make({ signal, executionCredentials, objectSource }, task) {
    const { value = "" } = arnOf(task) ?? {};
    const location = locationOf(value);
    if ("error" in location) throw failure(task, `unable to parse bucket and key from s3 arn ${value}`);
    const { bucket, key } = location;
    const what = `unable to download s3 config ${key} from bucket ${bucket}`;
    const credentials = await unlessAborted(signal, executionCredentials());
    if (!credentials) throw failure(task, `${what}: unable to find execution role credentials`);
    try {
      return await unlessAborted(signal, objectSource(credentials).getObject(location, signal));
    } catch (error) {
      throw failure(task, `${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  },

  apply(container, task, name, contents) {
    const router = routerOf(task.payload);
    if (router?.name !== name || arnOf(task) === undefined || !container.files) return container;
    if (!contents) throw new Error(`the configuration of ${name} was not read`);
    const file = { path: pathsOf(router).external, contents };
    return { ...container, files: { ...container.files, mounts: [...container.files.mounts, file] } };
  },
};

function arnOf({ payload }: AgentTask): { readonly router: string; readonly value: string } | undefined {
  const router = routerOf(payload);
  const { "config-file-type": kind, "config-file-value": value = "" } = router?.options ?? {};
  return router && kind === "s3" ? { router: router.name, value } : undefined;
}

function failure({ payload }: AgentTask, text: string): ResourceFailure {
  return new ResourceFailure(
    payload.launchType === "FARGATE" ? `ResourceInitializationError: ${text}` : terminalReason(text),
  );
}
