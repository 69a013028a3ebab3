import { parseArn } from "../../arn.ts";
import type { SecretOutcome } from "./failure.ts";
import { getParametersByPathOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";
import { type Parameter, type SecretRequest, type SecretSource, secretKey } from "./secret.ts";

/** Parameters in one answer. */
const pageSize = 10;

/** Readings of a path whose parameters change while they are read. */
const mostReadings = 5;

/** Reads every parameter below each path, of the task's own `account`. */
export async function resolvePaths(
  requests: readonly SecretRequest[],
  source: SecretSource,
  account: string,
): Promise<ReadonlyMap<string, SecretOutcome>> {
  return new Map(
    await Promise.all(
      requests.map(async (request) => {
        const owner = parseArn(request.name)?.account;
        const outcome =
          owner === account ? await readPath(request, source) : failed(request.region, ofOther(request, owner), false);
        return [secretKey(request), outcome] as const;
      }),
    ),
  );
}

/** GetParametersByPath takes a path, and no ARN. */
function ofOther({ valueFrom }: SecretRequest, owner = "nobody"): string {
  return `the parameters below ${valueFrom} belong to account ${owner}, and only those of the task's own account can be read by path`;
}

/** What takes several answers is read until two readings agree: one reading could have half of a change. */
async function readPath({ region, valueFrom: path }: SecretRequest, source: SecretSource): Promise<SecretOutcome> {
  try {
    let below = await source.getParametersByPath(region, path);
    for (let reading = 1; below.length > pageSize; reading++) {
      if (reading === mostReadings) return failed(region, `the parameters below ${path} change all the time`, false);
      const again = await source.getParametersByPath(region, path);
      const isSame = versionsOf(again) === versionsOf(below);
      below = again;
      if (isSame) break;
    }
    return { value: "", below };
  } catch (error) {
    return failed(region, sdkErrorText(getParametersByPathOperation, error), isConnectionFailure(error));
  }
}

function versionsOf(parameters: readonly Parameter[]): string {
  return JSON.stringify(parameters.map(({ name, read }) => [name, read?.version]));
}

function failed(region: string, detail: string, connection: boolean): SecretOutcome {
  const text = `fetching secret data from SSM Parameter Store in ${region}: ${detail}`;
  return { problem: { provider: "ssm", text, detail, connection } };
}
