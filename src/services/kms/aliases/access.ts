import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { aliasArn } from "../keys/key.ts";

/** Access to the alias itself; its key has its own. */
export function aliasAccess(call: Call, name: string): Need {
  return { resource: aliasArn(call, name), conditions: { "kms:CallerAccount": call.principal.account } };
}
