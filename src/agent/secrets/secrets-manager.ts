import { defined } from "../../defined.ts";
import type { SecretOutcome, SecretProblem } from "./failure.ts";
import { formatGoValue } from "./go-format.ts";
import { decodeJsonObject, GoJsonError, type JsonObject } from "./go-json.ts";
import { parseSecretReference, type SecretReference } from "./reference.ts";
import { getSecretValueOperation, isConnectionFailure, sdkErrorName, sdkErrorText } from "./sdk-error.ts";
import { type SecretAnswer, type SecretRequest, type SecretSource, type SecretVersion, secretKey } from "./secret.ts";

type Fetched = SecretAnswer | { readonly error: unknown };

/**
 * Reads the Secrets Manager requests among a task's, which have different keys. Each version of a secret is fetched once,
 * so that a rotation meanwhile cannot give one task the user name of one version and the password of another.
 */
export async function resolveSecretsManager(
  requests: readonly SecretRequest[],
  source: SecretSource,
): Promise<ReadonlyMap<string, SecretOutcome>> {
  const fetches = new Map<string, Promise<Fetched>>();
  const outcomes = requests.map(async (request): Promise<[string, SecretOutcome]> => {
    const parsed = parseSecretReference(request.valueFrom);
    if (!parsed.ok) {
      const text = `trying to retrieve secret with value ${request.valueFrom} resulted in error: ${parsed.error}`;
      return [secretKey(request), problem({ text })];
    }
    const { jsonKey: _, ...version } = parsed.reference;
    const key = versionKey(request.region, version);
    let fetching = fetches.get(key);
    if (fetching === undefined) {
      fetching = fetchSecret(request.region, version, source);
      fetches.set(key, fetching);
    }
    return [secretKey(request), outcomeOf(parsed.reference, await fetching)];
  });
  return new Map(await Promise.all(outcomes));
}

/** Naming no version means AWSCURRENT, so both are one. */
function versionKey(region: string, { secretId, versionStage, versionId }: SecretVersion): string {
  const stage = versionStage ?? (versionId === undefined ? "AWSCURRENT" : "");
  return JSON.stringify([region, secretId, stage, versionId ?? ""]);
}

async function fetchSecret(region: string, version: SecretVersion, source: SecretSource): Promise<Fetched> {
  try {
    return await source.getSecretValue(region, version);
  } catch (error) {
    return { error };
  }
}

function outcomeOf({ secretId, jsonKey }: SecretReference, fetched: Fetched): SecretOutcome {
  if ("error" in fetched) return callProblem(secretId, fetched.error);
  // A binary secret as a whole is the empty string, as in AWS's agent, which never reads SecretBinary.
  if (jsonKey === undefined) {
    return { value: fetched.secretString ?? "", ...defined({ binary: fetched.secretBinary, read: fetched.read }) };
  }
  if (fetched.secretString === undefined) {
    return problem({ text: `${noKey(jsonKey)}: the secret is binary and has no secret string` });
  }
  return { ...valueOfKey(fetched.secretString, jsonKey), ...defined({ read: fetched.read }) };
}

function valueOfKey(secretString: string, jsonKey: string): SecretOutcome {
  let object: JsonObject;
  try {
    object = decodeJsonObject(secretString);
  } catch (error) {
    if (error instanceof GoJsonError) return problem({ text: error.message });
    throw error;
  }
  const value = object.get(jsonKey);
  return value === undefined ? problem({ text: noKey(jsonKey) }) : { value: formatGoValue(value) };
}

function noKey(jsonKey: string): string {
  return `retrieved secret from Secrets Manager did not contain json key ${jsonKey}`;
}

function callProblem(secretId: string, error: unknown): SecretOutcome {
  const cause = sdkErrorText(getSecretValueOperation, error);
  const text =
    sdkErrorName(error) === "ResourceNotFoundException"
      ? `ResourceNotFoundException: The task can't retrieve the secret with ARN '${secretId}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ${cause}`
      : // Twice, as AWS's agent has it.
        `secret ${secretId}: ${cause}: ${cause}`;
  const detail = `failed to fetch secret ${secretId} from secrets manager: ${cause}`;
  return problem({ text, detail, connection: isConnectionFailure(error) });
}

function problem(given: Pick<SecretProblem, "text"> & Partial<SecretProblem>): SecretOutcome {
  return { problem: { provider: "asm", detail: given.text, connection: false, ...given } };
}
