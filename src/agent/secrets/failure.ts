import type { Parameter, ReadVersion } from "./secret.ts";

/** Why one request has no value. */
export interface SecretProblem {
  /** `ssm` or `asm`. */
  readonly provider: string;
  /** In the words of AWS's EC2 agent. */
  readonly text: string;
  /** The text that follows `service call has been retried 1 time(s): ` in the words of Fargate's agent. */
  readonly detail: string;
  /** The service could not be reached. */
  readonly connection: boolean;
}

/** How a request ended. */
export type SecretOutcome =
  | {
      readonly value: string;
      /** The whole of a binary secret, whose value is empty. */
      readonly binary?: Uint8Array;
      readonly read?: ReadVersion;
      /** Those of a path, which has no value itself. */
      readonly below?: readonly Parameter[];
    }
  | { readonly problem: SecretProblem };

/**
 * The stopped reason of a task whose secrets failed, not yet cut to 1,024 characters. `problems` are in the order of the
 * requests, and the first decides which service is spoken of: EC2's agent then names every Secrets Manager failure but
 * one Parameter Store failure only, Fargate's names one of either.
 */
export function failureReason(problems: readonly SecretProblem[], launchType: string): string {
  const [first] = problems;
  if (first === undefined) throw new Error("a secret failure needs at least one problem");
  if (launchType === "FARGATE") return fargateReason(first);
  if (first.provider !== "asm") return terminalReason(first.text);
  const all = problems.filter((problem) => problem.provider === "asm").map((problem) => problem.text);
  return terminalReason(all.join(";"));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
function fargateReason({ provider, detail, connection }: SecretProblem): string {
  const what = provider === "asm" ? "unable to retrieve secret from asm" : "unable to retrieve secrets from ssm";
  const prefix = "ResourceInitializationError: unable to pull secrets or registry auth";
  if (!connection) {
    return `${prefix}: execution resource retrieval failed: ${what}: service call has been retried 1 time(s): ${detail}`;
  }
  const issue =
    provider === "asm"
      ? "There is a connection issue between the task and AWS Secrets Manager."
      : "The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store.";
  return `${prefix}: ${what}: ${issue} Check your task network configuration. ${detail}`;
}

/**
 * A resource's failure as EC2's agent reports it as the task's stopped reason: single spaces between the words, and the
 * first word through Go's `strings.Title`.
 */
export function terminalReason(text: string): string {
  const [first = "", ...others] = text.split(goSpace).filter((word) => word !== "");
  return [title(first), ...others].join(" ");
}

const goSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Raises every letter at the beginning or after ASCII that is no letter, digit or underscore. */
function title(word: string): string {
  return word.replace(/(?<=^|[^\w\u0080-\u{10ffff}])./gsu, (letter) => {
    const raised = letter.toUpperCase();
    return raised.length === letter.length ? raised : letter;
  });
}
