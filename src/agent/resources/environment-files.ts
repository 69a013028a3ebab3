import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type ParsedFile, readEnvironmentFiles } from "../environment-files/index.ts";
import { containersThat, isUncreated } from "./needed.ts";
import { type Resource, ResourceFailure } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** By ARN. */
type Files = ReadonlyMap<string, ParsedFile>;

/** A shorter value cannot be told from an ordinary word. */
const shortestHidden = 8;

/** The environment files of all containers still to be created. They are in memory only, until the last of them is. */
export const environmentFiles: Resource<Files> = {
  kind: "environment-files",
  after: [],
  keeps: "memory",
  needed: (task) => allArns(task).length > 0,

  async make({ signal, executionCredentials, objectSource }, task) {
    const credentials = await unlessAborted(signal, executionCredentials());
    const { launchType = "EC2" } = task.payload;
    const source = credentials && objectSource(credentials);
    const result = await unlessAborted(signal, readEnvironmentFiles(allArns(task), source, { launchType, signal }));
    if (result.outcome === "failed") throw new ResourceFailure(result.reason);
    return result.files;
  },

  /** What the container has already stays, and the first file that has a name counts. */
  apply(container, task, name, files) {
    const environment = new Map(Object.entries(container.environment));
    for (const arn of arnsOf(task, name)) {
      const file = files?.get(arn) ?? { error: `${arn} was not read` };
      if ("error" in file) {
        const message = `resource cannot be initialized for task ${task.arn}: ${file.error}`;
        throw new RuntimeError("ResourceInitializationError", message);
      }
      for (const [variable, value] of file.environment) {
        if (!environment.has(variable)) environment.set(variable, value);
      }
    }
    return { ...container, environment: Object.fromEntries(environment) };
  },

  hides(task, name, files) {
    const arns = arnsOf(task, name);
    if (arns.length === 0) return [];
    return files && arns.flatMap((arn) => hidden(files.get(arn)));
  },
};

function hidden(file: ParsedFile | undefined): readonly string[] {
  if (!file || "error" in file) return [];
  return [...file.environment.values()].filter(({ length }) => length >= shortestHidden);
}

function allArns(task: AgentTask): readonly string[] {
  return containersThat(task, isUncreated).flatMap((name) => arnsOf(task, name));
}

function arnsOf(task: AgentTask, name: string): readonly string[] {
  return payloadOf(task, name).environmentFiles?.map(({ value }) => value) ?? [];
}
