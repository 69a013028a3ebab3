import type { Identity } from "../../../front-door/dispatcher.ts";
import type { Service } from "../../../front-door/service.ts";
import type { Principal } from "../../../model/call.ts";
import type { WireRequest } from "../../../wire/protocol.ts";
import type { KeysOptions } from "./provider-keys.ts";
import type { WebIdentityOptions } from "./web-identity.ts";

/** Operations whose input proves who calls: their requests have no signature. */
const operations = ["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"];

/** Characters, as the API's model has it. */
const longestToken = 20_000;

/** The region of AWS's global endpoint. An unsigned request names no region. */
const region = "us-east-1";

/** The caller of a request without a usable token. The operation says what is missing. */
const anonymous: Principal = { kind: "web-identity", arn: "", account: "", userId: "", accessKeyId: "" };

export type UnsignedOptions = Omit<WebIdentityOptions, "keysOf"> & KeysOptions;

/**
 * Identifies the caller of a request that needs no signature, by the token in it; `undefined` for all other requests. The
 * code that verifies tokens is loaded with the first token.
 */
export function unsignedIdentity(options: UnsignedOptions) {
  let loading: Promise<(request: { token: string; roleArn: string }) => Promise<Principal>> | undefined;
  async function load() {
    const [{ webIdentity }, { identityProviderKeys }] = await Promise.all([
      import("./web-identity.ts"),
      import("./provider-keys.ts"),
    ]);
    const keysOf = identityProviderKeys(options);
    return (request: { token: string; roleArn: string }) => webIdentity({ ...options, keysOf }, request);
  }
  async function identify(form: URLSearchParams): Promise<Identity> {
    // The last of several counts, as for the operation itself.
    const [token, roleArn] = [form.getAll("WebIdentityToken").at(-1), form.getAll("RoleArn").at(-1)];
    if (!token || !roleArn || token.length > longestToken || form.has("ProviderId"))
      return { principal: anonymous, region };
    loading ??= load();
    return { principal: await (await loading)({ token, roleArn }), region };
  }
  return (request: WireRequest, service: Service): Promise<Identity> | undefined => {
    if (service.signingName !== "sts" || request.path !== "/") return undefined;
    const name = service.protocol.operationName(request);
    if (name === undefined || !operations.includes(name)) return undefined;
    if (name !== operations[0]) return Promise.resolve({ principal: anonymous, region });
    const isInTarget = request.method === "GET" || request.body.length === 0;
    return identify(new URLSearchParams(isInTarget ? request.query : request.body.toString()));
  };
}

/** True if a token has proved who calls. */
export function isProved({ kind, arn }: Principal): boolean {
  return kind === "web-identity" && arn !== "";
}
