import assert from "node:assert/strict";
import { test } from "node:test";
import type { KMS } from "@aws-sdk/client-kms";
import { denied, openPolicies, role } from "../keys/policies.fixture.ts";

export const CustomKeyStoreId = "cks-1234567890abcdef0";

/** Tests an operation on custom key stores. */
export function refusesCustomKeyStores(name: string, ask: (kms: KMS) => Promise<unknown>): void {
  test(`${name} answers that there are no custom key stores, to a caller who may ask`, async () => {
    await using opened = await openPolicies();
    const { kms, as, asked, caller } = opened;
    const call = () => as(role, () => ask(kms));
    const unsupported = {
      name: "UnsupportedOperationException",
      message: "Custom key stores are not supported by Sealift",
    };
    caller.identity = [{ Effect: "Allow", Action: `kms:${name}`, Resource: "*" }];
    await assert.rejects(call(), unsupported);
    assert.equal(asked.at(-1)?.action, `kms:${name}`);
    caller.identity = [];
    await assert.rejects(call(), denied(role, `kms:${name}`, "*", "identity"));
  });
}
