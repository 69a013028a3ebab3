import type { Failure, ProtectedTask } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import type { WantedProtection } from "../task-protection.ts";
import { findFor } from "./find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html */
export async function taskProtection(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
  const asked = request.method === "PUT" ? readBody(request.body) : undefined;
  if (asked === "unreadable") {
    return refuse(400, "InvalidParameterException", "UpdateTaskProtection: failed to decode request");
  }
  const found = await findFor(metadata, id, request);
  if (!found) return refuse(404, "ResourceNotFoundException", "Failed to find a task for the request");
  const { arn } = found.task;
  const wanted = asked && wantedProtection(asked);
  if (asked && !wanted) {
    const message = "Invalid request: does not contain 'ProtectionEnabled' field";
    return refuse(400, "InvalidParameterException", message, { arn });
  }
  const session = metadata.credentials(arn, "TaskApplication");
  if (!session) {
    const message = "Invalid Request: no task IAM role credentials available for task";
    return refuse(403, "AccessDeniedException", message, { arn });
  }
  const { protection } = metadata;
  try {
    const { protectedTasks = [], failures = [] } = wanted
      ? await protection.update(session, arn, wanted)
      : await protection.get(session, arn);
    return answer(arn, protectedTasks, failures);
  } catch (error) {
    metadata.log.warn({ task: arn, err: error }, "Cannot call the Task Protection API for a task");
    return failed(arn, error);
  }
}

function answer(arn: string, tasks: readonly ProtectedTask[], failures: readonly Failure[]): Answer {
  const [failure] = failures;
  const [task] = tasks;
  if (failures.length > 1 || tasks.length > 1 || (!failure && !task)) {
    return refuse(500, "ServerException", "Unexpected error occurred", { arn });
  }
  if (failure) {
    const { arn: Arn, reason: Reason, detail: Detail } = failure;
    return json(200, { failure: defined({ Arn, Reason, Detail }) });
  }
  return json(200, {
    protection: {
      ProtectionEnabled: task?.protectionEnabled ?? false,
      ExpirationDate: task?.expirationDate ?? null,
      TaskArn: task?.taskArn ?? null,
    },
  });
}

interface Body {
  readonly ProtectionEnabled?: boolean | null;
  readonly ExpiresInMinutes?: number | null;
}

/** Names are read as Go does, whatever their case. Unknown ones and values of another type make it unreadable. */
function readBody(text: string): Body | "unreadable" {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return "unreadable";
  }
  if (body === null) return {};
  if (typeof body !== "object" || Array.isArray(body)) return "unreadable";
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const known = ["ProtectionEnabled", "ExpiresInMinutes"].find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) return "unreadable";
    const isRight = known === "ProtectionEnabled" ? typeof value === "boolean" : Number.isSafeInteger(value);
    if (value !== null && !isRight) return "unreadable";
    read[known] = value;
  }
  return read;
}

function wantedProtection({ ProtectionEnabled, ExpiresInMinutes }: Body): WantedProtection | undefined {
  if (typeof ProtectionEnabled !== "boolean") return undefined;
  return { protectionEnabled: ProtectionEnabled, ...defined({ expiresInMinutes: ExpiresInMinutes ?? undefined }) };
}

function failed(arn: string, error: unknown): Answer {
  const { name = "", message = "", $metadata: answer = {} }: SdkError = Object(error);
  if (name === "AbortError" || name === "TimeoutError") {
    return refuse(504, "RequestCanceled", "Timed out calling ECS Task Protection API", { arn });
  }
  const { httpStatusCode: status, requestId } = answer;
  if (status === undefined) return refuse(500, "ServerException", message, { arn });
  return refuse(status, name, message, { arn, ...defined({ requestId }) });
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

function refuse(
  status: number,
  code: string,
  message: string,
  { arn, requestId }: { readonly arn?: string; readonly requestId?: string } = {},
): Answer {
  return json(status, {
    ...defined({ requestID: requestId }),
    error: { ...defined({ Arn: arn }), Code: code, Message: message },
  });
}
