import type { AcsMessage, AcsMessages } from "./protocol.ts";

/** The messages that an agent sends and the control plane acts on. */
export type AgentMessage = Extract<
  AcsMessage,
  { readonly type: "AckRequest" | "TaskStopVerificationMessage" | "RenewSecretsFailure" }
>;

/**
 * A message as it came from an agent. `ignored`: of a type that nothing follows from. `malformed`: without the members that its
 * type needs. `unreadable`: no message at all.
 */
export function readAgentMessage(text: string): AgentMessage | "ignored" | "malformed" | "unreadable" {
  const { type, message } = parsed(text);
  if (typeof type !== "string" || !isObject(message)) return "unreadable";
  if (type === "AckRequest") return isAck(message) ? { type, message } : "malformed";
  if (type === "TaskStopVerificationMessage") return isStopVerification(message) ? { type, message } : "malformed";
  if (type === "RenewSecretsFailure") return isRenewFailure(message) ? { type, message } : "malformed";
  return "ignored";
}

function parsed(text: string): { readonly type?: unknown; readonly message?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

function isAck(message: object): message is AcsMessages["AckRequest"] {
  return "messageId" in message && typeof message.messageId === "string";
}

function isRenewFailure(message: object): message is AcsMessages["RenewSecretsFailure"] {
  const { messageId, taskArn, reason } = message as Readonly<Record<string, unknown>>;
  return [messageId, taskArn, reason].every((one) => typeof one === "string");
}

function isStopVerification(message: object): message is AcsMessages["TaskStopVerificationMessage"] {
  if (!("stopCandidates" in message) || !Array.isArray(message.stopCandidates)) return false;
  return message.stopCandidates.every(
    (candidate: unknown) => isObject(candidate) && "taskArn" in candidate && typeof candidate.taskArn === "string",
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
