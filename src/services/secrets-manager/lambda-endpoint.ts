import { RotationFailure, type StepEvent } from "./rotation.ts";

/** Milliseconds; no Lambda function takes longer. */
const timeout = 15 * 60 * 1000;
const largestAnswer = 1024 * 1024;

/**
 * Invokes a function behind the runtime interface emulator's path, or behind whatever answers as that does.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-test.html
 */
export async function invokeEndpoint(url: string, event: StepEvent): Promise<void> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      redirect: "error",
      signal: AbortSignal.timeout(timeout),
    });
    text = await response.text();
  } catch (cause) {
    throw new RotationFailure("The rotation function cannot be reached, or did not answer in time", { cause });
  }
  if (!response.ok) throw new RotationFailure(`The rotation function answered with status ${response.status}`);
  const type = errorType(text.slice(0, largestAnswer));
  if (type !== undefined || response.headers.has("x-amz-function-error")) {
    throw new RotationFailure(`The rotation function failed${type ? ` with ${type}` : ""}`);
  }
}

/** The type of the error that a function ended with; `undefined` where it did not. */
function errorType(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null || !("errorMessage" in answer || "errorType" in answer)) {
      return undefined;
    }
    const { errorType: type } = answer as { errorType?: unknown };
    return typeof type === "string" && /^[A-Za-z_][\w.]{0,63}$/.test(type) ? type : "";
  } catch {
    return undefined;
  }
}
