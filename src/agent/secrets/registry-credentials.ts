import type { RegistryCredentials } from "../../runtime/images.ts";
import { terminalReason } from "./failure.ts";
import { decodeJsonMembers, GoJsonError } from "./go-json.ts";
import { getSecretValueOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";
import type { SecretSource } from "./secret.ts";

/** A secret of Secrets Manager that holds a registry's `username` and `password`. */
export interface RegistryRequest {
  /** Name or ARN; never with a JSON key. */
  readonly credentialsParameter: string;
  readonly region: string;
}

export type RegistryOutcome =
  | { readonly outcome: "resolved"; readonly credentials: readonly RegistryCredentials[] }
  | {
      readonly outcome: "failed";
      /** The task's stopped reason in the words of its launch type's agent. */
      readonly reason: string;
    };

/**
 * Reads the credentials for each request, in their order and each secret once; the first that cannot be had is the failure.
 * `source` is `undefined` if the task has no execution role credentials.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
 */
export async function resolveRegistryCredentials(
  requests: readonly RegistryRequest[],
  source: SecretSource | undefined,
  launchType: string,
): Promise<RegistryOutcome> {
  const known = new Map<string, RegistryCredentials>();
  const credentials: RegistryCredentials[] = [];
  for (const request of requests) {
    const key = JSON.stringify([request.region, request.credentialsParameter]);
    const found = known.get(key) ?? (await read(request, source));
    if ("text" in found) {
      return { outcome: "failed", reason: reasonOf(found, launchType) };
    }
    known.set(key, found);
    credentials.push(found);
  }
  return { outcome: "resolved", credentials };
}

interface Problem {
  /** In the words of AWS's EC2 agent. */
  readonly text: string;
  /** The service could not be reached. */
  readonly connection?: boolean;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
function reasonOf({ text, connection = false }: Problem, launchType: string): string {
  if (launchType !== "FARGATE") return terminalReason(text);
  const retried = connection ? "" : "service call has been retried 1 time(s): ";
  return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: ${retried}${text}`;
}

async function read(
  { credentialsParameter: secretId, region }: RegistryRequest,
  source: SecretSource | undefined,
): Promise<RegistryCredentials | Problem> {
  if (!source) return { text: "asm resource: unable to find execution role credentials" };
  try {
    const { secretString } = await source.getSecretValue(region, { secretId });
    return secretString ? decode(secretString) : { text: "asm fetching authorization data: empty secrets value" };
  } catch (error) {
    const cause = sdkErrorText(getSecretValueOperation, error);
    return {
      text: `asm fetching secret from the service for ${secretId}: ${cause}`,
      connection: isConnectionFailure(error),
    };
  }
}

/** As Go decodes JSON into a struct: names in whatever case, the last one counts, null says nothing. No text quotes a value. */
function decode(text: string): RegistryCredentials | Problem {
  const fields = { username: "", password: "" };
  try {
    for (const [name, value] of decodeJsonMembers(text)) {
      const field = name.toLowerCase();
      if ((field !== "username" && field !== "password") || value === null) continue;
      if (typeof value !== "string") return invalidSchema;
      fields[field] = value;
    }
  } catch (error) {
    if (error instanceof GoJsonError) return invalidSchema;
    throw error;
  }
  if (fields.username === "") return empty("username");
  if (fields.password === "") return empty("password");
  return fields;
}

const invalidSchema: Problem = {
  text: "asm fetching authorization data: unable to unmarshal secret value, invalid schema",
};

function empty(field: string): Problem {
  return { text: `asm fetching ${field}: AuthorizationData is malformed, empty field` };
}
