import type { Identity } from "../../../front-door/dispatcher.ts";
import type { Service } from "../../../front-door/service.ts";
import type { Principal } from "../../../model/call.ts";
import type { WireRequest } from "../../../wire/protocol.ts";
import type { SamlOptions } from "../saml/saml-identity.ts";
import type { KeysOptions } from "./provider-keys.ts";
import type { WebIdentityOptions } from "./web-identity.ts";

/** Characters, as the API's model has it. */
const longestToken = 20_000;
const longestSamlResponse = 100_000;

/** The region of AWS's global endpoint. An unsigned request names no region. */
const region = "us-east-1";

/** The caller of a request without a usable token. The operation says what is missing. */
const anonymous: Principal = { kind: "web-identity", arn: "", account: "", userId: "", accessKeyId: "" };

export type UnsignedOptions = Omit<WebIdentityOptions, "keysOf"> & KeysOptions & SamlOptions;

/**
 * Identifies the caller of a request that needs no signature, by the token or the SAML response in it; `undefined` for all
 * other requests. The code that verifies them is loaded with the first one.
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
  /** The last of several values counts, as for the operation itself. */
  const lastOf = (form: URLSearchParams, name: string) => form.getAll(name).at(-1);

  /** Operations whose input proves who calls: their requests have no signature. */
  const operations = new Map<string, (form: URLSearchParams) => Promise<Principal>>([
    [
      "AssumeRoleWithWebIdentity",
      async (form) => {
        const [token, roleArn] = [lastOf(form, "WebIdentityToken"), lastOf(form, "RoleArn")];
        if (!token || !roleArn || token.length > longestToken || form.has("ProviderId")) return anonymous;
        loading ??= load();
        return (await loading)({ token, roleArn });
      },
    ],
    [
      "AssumeRoleWithSAML",
      async (form) => {
        const [assertion, roleArn] = [lastOf(form, "SAMLAssertion"), lastOf(form, "RoleArn")];
        const providerArn = lastOf(form, "PrincipalArn");
        if (!assertion || !roleArn || !providerArn || assertion.length > longestSamlResponse) return anonymous;
        const { samlIdentity } = await import("../saml/saml-identity.ts");
        return samlIdentity(options, { assertion, roleArn, providerArn });
      },
    ],
  ]);
  return (request: WireRequest, service: Service): Promise<Identity> | undefined => {
    if (service.signingName !== "sts" || request.path !== "/") return undefined;
    const identify = operations.get(service.protocol.operationName(request) ?? "");
    if (!identify) return undefined;
    const isInTarget = request.method === "GET" || request.body.length === 0;
    const form = new URLSearchParams(isInTarget ? request.query : request.body.toString());
    return identify(form).then((principal) => ({ principal, region }));
  };
}

/** True if a token has proved who calls. */
export function isProved({ kind, arn }: Principal): boolean {
  return kind === "web-identity" && arn !== "";
}
