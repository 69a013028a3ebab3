import type { GetSecretValueRequest, GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import type {
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
} from "@aws-sdk/client-ssm";
import { type CallPlace, type JsonCallOptions, jsonCalls } from "../calls/json-calls.ts";

/** Where a call goes, and as whom. Without endpoint, where AWS's settings say. */
export type SecretPlace = Omit<CallPlace, "endpoint"> & { readonly endpoint: string | undefined };

/** The calls that secrets are read with. They reject as AWS's SDK does. */
export interface SecretCalls<Place> extends Disposable {
  getSecretValue(place: Place, input: GetSecretValueRequest): Promise<GetSecretValueResponse>;
  getParameters(place: Place, input: GetParametersRequest): Promise<GetParametersResult>;
  getParametersByPath(place: Place, input: GetParametersByPathRequest): Promise<GetParametersByPathResult>;
}

type JsonSecretValue = Omit<GetSecretValueResponse, "SecretBinary"> & { readonly SecretBinary?: string };

const secretsManager = { service: "secretsmanager", target: "secretsmanager.GetSecretValue" };
const parameters = { service: "ssm", target: "AmazonSSM.GetParameters" };
const parametersByPath = { service: "ssm", target: "AmazonSSM.GetParametersByPath" };

/** The calls at an endpoint. What answers there is trusted with the members' types, as it is with the values. */
export function endpointCalls(options: JsonCallOptions): SecretCalls<CallPlace> {
  const calls = jsonCalls(options);
  return {
    async getSecretValue(place, input) {
      const { SecretBinary: binary, ...answer } = (await calls.call(place, secretsManager, input)) as JsonSecretValue;
      return typeof binary === "string" ? { ...answer, SecretBinary: Buffer.from(binary, "base64") } : answer;
    },
    getParameters: (place, input) => calls.call(place, parameters, input) as Promise<GetParametersResult>,
    getParametersByPath: (place, input) =>
      calls.call(place, parametersByPath, input) as Promise<GetParametersByPathResult>,
    [Symbol.dispose]: () => calls[Symbol.dispose](),
  };
}
