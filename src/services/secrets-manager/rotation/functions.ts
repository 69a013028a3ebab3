import { createHash } from "node:crypto";
import { parseArn } from "../../../arn.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import type { Place } from "../secrets/secret.ts";
import type { RotationFunction, RotationFunctions } from "./function.ts";
import { RotationFailure } from "./rotation.ts";

/** The built-in function's name, as in `arn:aws:lambda:…:function:sealift-rotate-password`, and without an ARN. */
const builtInName = "sealift-rotate-password";
const builtInAlone = "sealift:rotate-password";

/** The variable in which a task finds the step's event. */
const eventVariable = "SEALIFT_ROTATION_EVENT";

/**
 * The built-in function, the operator's, and task definitions. `endpoints` are the operator's: URLs by the name that a
 * Lambda function's ARN ends with. Only these are ever called, so that no caller can have this server call other hosts.
 */
export function rotationFunctions(endpoints: ReadonlyMap<string, string>, tasks: TaskRunner): RotationFunctions {
  function find(functionArn: string): RotationFunction | undefined {
    if (isTaskDefinition(functionArn)) return taskFunction(functionArn, tasks);
    const name = functionName(functionArn);
    if (name === builtInName) {
      return async (...given) => (await import("./rotate-password.ts")).rotatePassword(...given);
    }
    const url = name === undefined ? undefined : endpoints.get(name);
    if (url === undefined) return undefined;
    return async (event) => (await import("./lambda-endpoint.ts")).invokeEndpoint(url, event);
  }

  return {
    find,
    async resolve(functionArn, call) {
      if (isTaskDefinition(functionArn)) return tasks.resolve(call, functionArn);
      return {
        arn: find(functionArn) && functionArn,
        access: [{ action: "lambda:InvokeFunction", resource: invokedArn(functionArn, call) }],
      };
    },
  };
}

/** Each step is one task, which finds its event in a variable and succeeds by exiting with 0. */
function taskFunction(taskDefinition: string, tasks: TaskRunner): RotationFunction {
  return async (event, { attempt, newCall }) => {
    const environment = { [eventVariable]: JSON.stringify(event) };
    // A step that is done again after a crash waits for the task that was started for it.
    const step = JSON.stringify([event, attempt]);
    const clientToken = createHash("sha256").update(step).digest("hex").slice(0, 32);
    const failure = await tasks.run(newCall(), { taskDefinition, environment, clientToken });
    if (failure !== undefined) throw new RotationFailure(failure);
  };
}

export function isTaskDefinition(functionArn: string): boolean {
  const arn = parseArn(functionArn);
  return arn?.service === "ecs" && arn.resource.startsWith("task-definition/");
}

function invokedArn(functionArn: string, { partition, account, region }: Place): string {
  if (functionArn !== builtInAlone) return functionArn;
  return `arn:${partition}:lambda:${region}:${account}:function:${builtInName}`;
}

/** The name in a function's ARN. A qualifier behind it is ignored. */
function functionName(functionArn: string): string | undefined {
  if (functionArn === builtInAlone) return builtInName;
  const arn = parseArn(functionArn);
  const [kind, name] = arn?.service === "lambda" ? arn.resource.split(":") : [];
  return kind === "function" ? name : undefined;
}
