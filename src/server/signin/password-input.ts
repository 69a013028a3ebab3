import { defined } from "../../defined.ts";
import { newCall } from "../../front-door/new-call.ts";
import { invalidRequest, type PasswordInput, type UnsignedCall } from "../../services/signin/index.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { HttpRequest } from "../http/mounts.ts";

/** What the names and secrets of a sign-in may look like: nothing else is looked up. */
const forms = {
  accountId: /^[a-z0-9-]{3,63}$/,
  userName: /^[\w+=,.@-]{1,64}$/,
  password: /^[^\0]{1,128}$/su,
  mfaCode: /^\d{6}$/,
  newPassword: /^[^\0]{1,128}$/su,
} as const;

/** Throws AWS's error for what cannot be any user's. */
export function readPasswordInput(members: Readonly<Record<string, unknown>>): PasswordInput {
  const { accountId, userName, password } = members;
  return {
    accountId: text("accountId", accountId),
    userName: text("userName", userName),
    password: text("password", password),
    ...defined({ mfaCode: optional("mfaCode"), newPassword: optional("newPassword") }),
  };

  function optional(name: "mfaCode" | "newPassword"): string | undefined {
    return members[name] === undefined ? undefined : text(name, members[name]);
  }
}

function text(name: keyof typeof forms, value: unknown): string {
  if (typeof value === "string" && forms[name].test(value)) return value;
  throw invalidRequest(`${name} is ${value === undefined ? "missing" : "not valid"}`);
}

/** The call of a request that nobody has signed. */
export function unsignedCall(
  { plane, partition }: { readonly plane: ControlPlane; readonly partition: string },
  request: HttpRequest,
): UnsignedCall {
  const { clock, ids } = plane.surroundings;
  const time = clock.now();
  const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
  const {
    principal: _,
    account: __,
    ...call
  } = newCall(request, {
    ...{ requestId, eventId, time, partition },
    region: plane.signin.region,
    principal: { kind: "user", arn: "", account: "", userId: "", accessKeyId: "" },
  });
  return call;
}
