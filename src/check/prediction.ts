import type { Fact, Subject } from "./facts/subject.ts";

/** How a registration or a task would fail. */
export interface Prediction {
  readonly when: "register" | "start";
  /** RegisterTaskDefinition's error, the task's stopped reason, or else the reason of a container. */
  readonly words: string;
}

/** The first failure on the way of a definition: its registration, its roles, what the agent reads, its images, its logs. */
export function predictionOf(subject: Subject): Prediction | undefined {
  const { refusal, executionRole, taskRole, secretsReason, labels, registries, files, images, logs } = subject;
  if (refusal !== undefined) return { when: "register", words: refusal };
  const roles = reasonOf([executionRole, taskRole].flatMap((role) => role ?? []));
  const words =
    roles ??
    reasonOf(labels.filter(({ isEarly }) => isEarly)) ??
    secretsReason ??
    reasonOf(labels) ??
    reasonOf(registries) ??
    // A bucket's location is asked for by nobody but the policies of AWS's documentation.
    reasonOf(files.filter(({ action }) => action === "s3:GetObject")) ??
    reasonOf(images.filter(({ isMissing }) => !isMissing || subject.account.isAws)) ??
    reasonOf(
      logs.filter(({ action, isMissing }) => action !== "logs:PutLogEvents" && !(isMissing && !subject.account.isAws)),
    );
  return words === undefined ? undefined : { when: "start", words };
}

function reasonOf(facts: readonly Fact[]): string | undefined {
  for (const { outcome } of facts) if (outcome.kind === "failed") return outcome.reason;
  return undefined;
}
