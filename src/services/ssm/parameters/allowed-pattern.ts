import { createContext, Script } from "node:vm";
import { InvalidAllowedPatternException$, ParameterPatternMismatchException$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";

/** Milliseconds after which a pattern that backtracks without end is given up: all other requests wait for it. */
const timeout = 250;

/**
 * A context of its own, because only `vm` can set a time limit on a regular expression. Nothing but pattern and value, both
 * strings, gets into it.
 */
const context = createContext(Object.create(null));
const test = new Script("new RegExp(pattern, flags).test(value)");

/**
 * Throws unless the whole of `value` matches `pattern`. AWS reads Java's regular expressions, Sealift
 * JavaScript's: syntax that only Java has is refused.
 */
export function refuseMismatch(pattern: string, value: string): void {
  if (!matches(pattern, value)) {
    throw new ApiError(
      ParameterPatternMismatchException$,
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}

function matches(pattern: string, value: string): boolean {
  const [inline = "", flags = ""] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  Object.assign(context, {
    pattern: `^(?:${pattern.slice(inline.length)})$`,
    flags: [...new Set(flags)].join(""),
    value,
  });
  try {
    return test.runInContext(context, { timeout });
  } catch (cause) {
    // The error is one of the context's own realm: it is no `Error` of ours.
    const isObject = typeof cause === "object" && cause !== null;
    const slow = isObject && "code" in cause && cause.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    const message = slow
      ? "The allowed pattern takes too long to match."
      : "The request does not meet the regular expression requirement.";
    throw Object.assign(new ApiError(InvalidAllowedPatternException$, message), { cause });
  } finally {
    Object.assign(context, { pattern: "", value: "" });
  }
}
