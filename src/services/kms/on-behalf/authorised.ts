import type { Access, Authorize, Call } from "../../../model/call.ts";
import { accessDenied } from "../errors.ts";
import type { FoundKey } from "../keys/find.ts";
import type { CallThrough } from "./call-through.ts";
import type { EncryptionOptions } from "./encryption.ts";

interface Asked {
  readonly call: Call;
  readonly operation: CallThrough["operation"];
  readonly found: FoundKey;
  readonly access: Access;
  /** Called once with the outcome. */
  note(error?: unknown): void;
}

/** Does work with a key if the call's principal may have it done, and notes the key's use. */
export async function ifAuthorised<T>(
  store: EncryptionOptions["store"],
  authorize: Authorize,
  { call, operation, found, access, note }: Asked,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const denial = await authorize(call, access);
    if (denial !== undefined) throw accessDenied(denial);
    const result = await work();
    store.usages.note(found.key, operation, call);
    note();
    return result;
  } catch (error) {
    note(error);
    throw error;
  }
}
