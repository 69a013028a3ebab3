import { type IncomingMessage, request } from "node:http";
import { request as secureRequest } from "node:https";

/** Milliseconds; no Lambda function takes longer. */
const timeout = 15 * 60 * 1000;

/** Bytes; no Lambda function answers with more. */
const largestAnswer = 6 * 1024 * 1024;

/** A function could not be invoked, or failed. The message goes on behind the function's name. */
export class LambdaFailure extends Error {}

/**
 * Invokes a function behind the runtime interface emulator's path, or behind whatever answers as that does.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-test.html
 */
export async function invokeLambda(
  url: string,
  event: object,
  deadline: AbortSignal = AbortSignal.timeout(timeout),
): Promise<void> {
  const { response, text } = await post(url, JSON.stringify(event), deadline).catch((cause) => {
    throw new LambdaFailure("cannot be reached, or did not answer in time", { cause });
  });
  const { statusCode: status = 0, headers } = response;
  if (status < 200 || status > 299) throw new LambdaFailure(`answered with status ${status}`);
  if (text === undefined) throw new LambdaFailure("answered with more than 6 MB");
  const type = errorType(text);
  if (type !== undefined || headers["x-amz-function-error"] !== undefined) {
    throw new LambdaFailure(`failed${type ? ` with ${type}` : ""}`);
  }
}

/** `text` is `undefined` if the answer is too long. `fetch` would not wait for more than five minutes. */
async function post(url: string, body: string, signal: AbortSignal) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const send = url.startsWith("https:") ? secureRequest : request;
    send(url, { method: "POST", headers, agent: false, signal }, resolve).on("error", reject).end(body);
  });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > largestAnswer) return { response, text: undefined };
    chunks.push(chunk);
  }
  return { response, text: Buffer.concat(chunks).toString() };
}

/** The type of the error with which a function ended; `undefined` if it succeeded. */
function errorType(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null || !("errorMessage" in answer || "errorType" in answer)) {
      return undefined;
    }
    const type = "errorType" in answer ? answer.errorType : undefined;
    return typeof type === "string" && /^[A-Za-z_][\w.]{0,63}$/.test(type) ? type : "";
  } catch {
    return undefined;
  }
}
