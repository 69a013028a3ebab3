import { regionalArn } from "../../aws/arn.ts";
import type { Call } from "../../aws/call.ts";

/** `/a/b` and `b` both follow `parameter/` without a doubled slash. */
export function parameterArn(call: Call, name: string): string {
  return regionalArn(call, "ssm", `parameter${name.startsWith("/") ? "" : "/"}${name}`);
}
