import type { Ids } from "../../../ids.ts";
import type { IamStore } from "../store.ts";
import { newSigningKey } from "./new-signing-key.ts";
import { isRetired, successorDue, tokenAlgorithms } from "./signing-keys.ts";

type Store = Pick<IamStore, "tokenIssuers" | "transaction">;

/** Makes the next keys of the issuers that are enabled, where they are due, and deletes those that are retired. */
export async function tendTokenKeys(store: Store, ids: Ids, now: Date): Promise<void> {
  for (const { account } of await store.tokenIssuers.listEnabled()) await tendKeysOf(store, account, ids, now);
}

/** As `tendTokenKeys`, for one account. Afterwards there is a key of each algorithm. */
export async function tendKeysOf(store: Store, account: string, ids: Ids, now: Date): Promise<void> {
  const keys = await store.tokenIssuers.keys.list(account);
  for (const key of keys.filter((each) => isRetired(each, keys, now))) await store.tokenIssuers.keys.delete(key);
  for (const algorithm of tokenAlgorithms) {
    const signsFrom = successorDue(keys, algorithm, now);
    if (signsFrom === undefined) continue;
    // It takes time, during which no transaction should be open.
    const made = await newSigningKey({ account, algorithm, signsFrom }, ids);
    await store.transaction(async ({ tokenIssuers }) => {
      // Another replica may have been faster.
      const present = await tokenIssuers.keys.list(account);
      if (successorDue(present, algorithm, now) !== undefined) await tokenIssuers.keys.insert(made);
    });
  }
}
