import type { Identity } from "../../../front-door/dispatcher.ts";
import type { Service } from "../../../front-door/service.ts";
import type { Principal } from "../../../model/call.ts";
import type { WireRequest } from "../../../wire/protocol.ts";
import type { Signin } from "../context.ts";
import { hashOf } from "./session.ts";

/** The caller of a request without a token that is known. The operation says what is missing. */
const nobody: Principal = { kind: "web-identity", arn: "", account: "", userId: "", accessKeyId: "" };

/** Identifies the caller of CreateOAuth2Token by the code or the refresh token; `undefined` for all other requests. */
export function bearerIdentity({ store, region }: Pick<Signin, "store" | "region">) {
  return (request: WireRequest, service: Service): Promise<Identity> | undefined => {
    if (service.signingName !== "signin") return undefined;
    if (service.protocol.operationName(request) !== "CreateOAuth2Token") return undefined;
    return identify(request).then((principal) => ({ principal, region }));
  };

  async function identify({ body }: WireRequest): Promise<Principal> {
    const token = tokenIn(body);
    const found = token === undefined ? undefined : await store.findByToken(hashOf(token));
    return found ? { ...found.session.principal, accessKeyId: "" } : nobody;
  }
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const { grantType, code, refreshToken } = Object(JSON.parse(body.toString()));
    const token = grantType === "authorization_code" ? code : refreshToken;
    return typeof token === "string" ? token : undefined;
  } catch {
    return undefined;
  }
}
