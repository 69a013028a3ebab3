import { parseArn } from "../../aws/arn.ts";
import type { SecretsManager } from "./index.ts";
import type { StepEvent } from "./rotation.ts";
import type { Place } from "./secret.ts";

/** Does one step; throws `RotationFailure` where it could not. */
export type RotationFunction = (event: StepEvent, context: SecretsManager, occasion: Occasion) => Promise<void>;

/** Where and when a step is done. */
export interface Occasion extends Place {
  readonly now: Date;
}

/** The functions that secrets can be rotated by. */
export interface RotationFunctions {
  /** `undefined` where there is none of that ARN. */
  find(functionArn: string): RotationFunction | undefined;
}

/** The built-in function's name, as in `arn:aws:lambda:…:function:sealift-rotate-password`, and without an ARN. */
export const builtInName = "sealift-rotate-password";
const builtInAlone = "sealift:rotate-password";

/**
 * The built-in function, and the operator's: URLs by the name that a Lambda function's ARN ends with. Only these are ever
 * called, so that nobody can have this server call whom they like.
 */
export function rotationFunctions(endpoints: ReadonlyMap<string, string>): RotationFunctions {
  return {
    find(functionArn) {
      const name = functionName(functionArn);
      if (name === builtInName) {
        return async (...given) => (await import("./rotate-password.ts")).rotatePassword(...given);
      }
      const url = name === undefined ? undefined : endpoints.get(name);
      if (url === undefined) return undefined;
      return async (event) => (await import("./lambda-endpoint.ts")).invokeEndpoint(url, event);
    },
  };
}

/** The ARN on which permission to invoke a function is asked for. */
export function invokedArn(functionArn: string, { partition, account, region }: Place): string {
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
