import type { PayloadTask } from "../../acs/protocol.ts";

const refused = /failed to initialize logging driver: (failed to create Cloudwatch log (?:stream|group): .*)/s;

/**
 * The task's reason on Fargate, where the log driver's stream is made before the container is started; `undefined` for any other
 * failure to start. On instances such a failure is the container's.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 */
export function loggerReason({ launchType }: Pick<PayloadTask, "launchType">, reason: string): string | undefined {
  const [, words] = (launchType === "FARGATE" && refused.exec(reason)) || [];
  if (words === undefined) return undefined;
  const failure = "failed to validate logger args: create stream has been retried 1 times";
  return `ResourceInitializationError: ${failure}: ${words.trim().replace(/\s+/g, " ")} : exit status 1`;
}
