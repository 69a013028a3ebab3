import { createHash } from "node:crypto";
import { parseArn } from "../../../arn.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import type { SecretsManager } from "../context.ts";
import type { Place } from "../secrets/secret.ts";
import { accountCall } from "./account-call.ts";
import { RotationFailure, type StepEvent } from "./rotation.ts";

/** Does one step; throws `RotationFailure` where it could not. */
export type RotationFunction = (event: StepEvent, context: SecretsManager, occasion: Occasion) => Promise<void>;

/** Where and when a step is done. */
export interface Occasion extends Place {
  readonly now: Date;
  /** Tells the attempts of a rotation apart; the same one after a crash. */
  readonly attempt: number;
}

/** The functions that secrets can be rotated by. */
export interface RotationFunctions {
  /** `undefined` where there can be none of that ARN. */
  find(functionArn: string): RotationFunction | undefined;
  /** The function that a caller means. */
  resolve(functionArn: string, call: Call): Promise<ResolvedFunction>;
}

export interface ResolvedFunction {
  /** As it is kept: that of a task definition names its revision. `undefined` where there is no such function. */
  readonly arn: string | undefined;
  /** What a caller needs who has a secret rotated by it. */
  readonly access: readonly Access[];
}

/** The built-in function's name, as in `arn:aws:lambda:…:function:sealift-rotate-password`, and without an ARN. */
export const builtInName = "sealift-rotate-password";
const builtInAlone = "sealift:rotate-password";

/** The variable in which a task finds the event. */
const eventVariable = "SEALIFT_ROTATION_EVENT";

/**
 * The built-in function, the operator's, and task definitions. The operator's are URLs by the name that a Lambda function's
 * ARN ends with: only these are ever called, so that nobody can have this server call whom they like.
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
  return async (event, context, occasion) => {
    const environment = { [eventVariable]: JSON.stringify(event) };
    // A step that is done again after a crash waits for the task that was started for it.
    const step = JSON.stringify([event, occasion.attempt]);
    const clientToken = createHash("sha256").update(step).digest("hex").slice(0, 32);
    const failure = await tasks.run(accountCall(context, occasion), { taskDefinition, environment, clientToken });
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

/** The name in a function's ARN, whose qualifier does not count here. */
function functionName(functionArn: string): string | undefined {
  if (functionArn === builtInAlone) return builtInName;
  const arn = parseArn(functionArn);
  const [kind, name] = arn?.service === "lambda" ? arn.resource.split(":") : [];
  return kind === "function" ? name : undefined;
}
