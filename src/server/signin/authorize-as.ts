import type { Identity } from "../../front-door/dispatcher.ts";
import { newCall } from "../../front-door/new-call.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Access } from "../../model/call.ts";
import {
  beginSession,
  type Identified,
  identifyBySignature,
  refused,
  signinAccess,
  type Wish,
} from "../../services/signin/index.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { HttpRequest } from "../http/mounts.ts";

interface Options {
  readonly plane: ControlPlane;
  readonly partition: string;
}

/** Who asks: the signer of the request, or who signed in with a password. */
type Asker = Identity | { readonly identified: Identified; readonly region: string };

/** Gives a code to whoever may sign in to what is wished for, with AWS's event `AuthorizeOAuth2Access`. */
export async function authorizeAs(
  { plane, partition }: Options,
  request: HttpRequest,
  wish: Wish,
  asker: Asker,
): Promise<string> {
  const { clock, ids } = plane.surroundings;
  const principal = "identified" in asker ? { ...asker.identified.principal, accessKeyId: "" } : asker.principal;
  const time = clock.now();
  const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
  const call = newCall(request, { requestId, eventId, time, principal, region: asker.region, partition });
  const access: Access = { action: "signin:AuthorizeOAuth2Access", ...signinAccess(wish, call) };
  const record = {
    ...{ requestId, eventId, time, sourceIp: call.sourceIp, userAgent: call.userAgent, call },
    ...{ service: "signin", operation: "AuthorizeOAuth2Access", accessKeyId: undefined, accesses: [access] },
  };
  try {
    const message = await plane.authorize(call, access);
    if (message !== undefined) throw refused("INSUFFICIENT_PERMISSIONS", message);
    const identified = "identified" in asker ? asker.identified : await identifyBySignature(plane.signin, principal);
    const code = await beginSession(plane.signin, wish, identified);
    await plane.audit({ ...record, output: {} });
    return code;
  } catch (error) {
    if (error instanceof ApiError) {
      await plane.audit({ ...record, error: { code: error.shape, message: error.message } });
    }
    throw error;
  }
}
