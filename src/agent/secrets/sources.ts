import type { Parameter as ApiParameter } from "@aws-sdk/client-ssm";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { defined } from "../../defined.ts";
import type { SessionCredentials } from "../calls/sign-call.ts";
import type { Endpoints } from "../link/endpoints.ts";
import { endpointCalls, type SecretCalls } from "./calls.ts";
import { defaultRequestTimeout, sdkCalls } from "./sdk-calls.ts";
import type { Parameter, ReadVersion, SecretSource } from "./secret.ts";

export interface SecretSourceOptions {
  /** Where both services answer. */
  readonly endpoints: Endpoints;
  /** In place of the sessions that calls are made with. */
  readonly credentials?: AwsCredentialIdentityProvider;
  readonly clock: Clock;
  /** Milliseconds a single attempt may take; 5,000 as in AWS's agent. */
  readonly requestTimeout?: number;
}

export interface SecretSources extends Disposable {
  /** Reads with the given session. */
  as(session: SessionCredentials): SecretSource;
}

/**
 * Read secrets. All tasks share the connections to an endpoint, and each call is signed with the session of its own task. Where
 * AWS's own settings are to count, for credentials or endpoints, AWS's SDK makes the calls.
 */
export function secretSources(options: SecretSourceOptions): SecretSources {
  const { endpoints, credentials, clock, requestTimeout = defaultRequestTimeout } = options;
  const own = endpointCalls({ clock, requestTimeout });
  const sdk = sdkCalls({ ...defined({ credentials }), requestTimeout });

  return {
    as(session) {
      /** `region` is the one that the reference names. */
      const call = <T>(region: string, work: <Place>(calls: SecretCalls<Place>, place: Place) => Promise<T>) =>
        endpoints.call((endpoint) =>
          endpoint === undefined || credentials
            ? work(sdk, { region, session, endpoint })
            : work(own, { region, session, endpoint }),
        );
      return {
        async getSecretValue(region, { secretId, versionStage, versionId }) {
          const input = { SecretId: secretId, VersionStage: versionStage, VersionId: versionId };
          const answer = await call(region, (calls, place) => calls.getSecretValue(place, input));
          return defined({
            secretString: answer.SecretString,
            secretBinary: answer.SecretBinary,
            read: readOf(answer.ARN, answer.VersionId),
          });
        },
        async getParameters(region, names) {
          const input = { Names: [...names], WithDecryption: true };
          const answer = await call(region, (calls, place) => calls.getParameters(place, input));
          return {
            parameters: (answer.Parameters ?? []).map(toParameter),
            invalidParameters: answer.InvalidParameters ?? [],
          };
        },
        async getParametersByPath(region, Path) {
          const all: Parameter[] = [];
          for (let NextToken: string | undefined; ; ) {
            const input = { Path, Recursive: true, WithDecryption: true, MaxResults: 10, NextToken };
            const answer = await call(region, (calls, place) => calls.getParametersByPath(place, input));
            all.push(...(answer.Parameters ?? []).map(toParameter));
            NextToken = answer.NextToken;
            if (!NextToken) return all;
          }
        },
      };
    },
    [Symbol.dispose]() {
      own[Symbol.dispose]();
      sdk[Symbol.dispose]();
    },
  };
}

function toParameter({ Name, Value, ARN, Selector, Version, SourceResult }: ApiParameter): Parameter {
  const read = secretBehind(SourceResult) ?? readOf(ARN, Version?.toString());
  return { name: Name ?? "", ...defined({ value: Value, arn: ARN, selector: Selector, read }) };
}

/** Names below `/aws/reference/secretsmanager/` are secrets; the answer tells of them as JSON. */
function secretBehind(sourceResult: string | undefined): ReadVersion | undefined {
  try {
    const { ARN, versionId } = Object(JSON.parse(sourceResult ?? "{}"));
    return readOf(ARN, versionId);
  } catch {
    return undefined;
  }
}

function readOf(arn: unknown, version: unknown): ReadVersion | undefined {
  return typeof arn === "string" && typeof version === "string" ? { arn, version } : undefined;
}
