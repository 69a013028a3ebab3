import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { SSMClient } from "@aws-sdk/client-ssm";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal } from "../../../test/support/in-process.ts";
import { assertRefused } from "../../../test/support/refused.ts";
import { eventStore } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import type { SecretReader } from "../secrets-manager/index.ts";
import { fakeEncryption } from "./fake-encryption.fixture.ts";
import { enforcePolicies, ssmService, ssmStore } from "./index.ts";

/** `secret-reference.test.ts` has a real Secrets Manager. */
const noSecrets: SecretReader = {
  find: async () => {
    throw new Error("There are no secrets in this test");
  },
};

/** Parameter Store over a database, with a real SDK client. */
export function parameterStoreOver(database: Database) {
  const clock = fakeClock();
  const encryption = fakeEncryption("alias/own", "alias/other");
  const events = eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds });
  const store = ssmStore(database, events);
  const enforce = () => enforcePolicies(database, events, "aws", clock.now());
  const asked: Access[] = [];
  const state: { principal: Principal; deny(access: Access): string | undefined } = {
    principal: rootPrincipal,
    deny: () => undefined,
  };
  const configuration = inProcess([ssmService({ store, encryption, ids: randomIds, secrets: noSecrets })], {
    clock,
    principal: () => state.principal,
    authorize: async (_call, access) => {
      asked.push(access);
      return state.deny(access);
    },
  });
  const client = new SSMClient(configuration);
  /** The same server, asked as another region's. */
  const clientIn = (region: string) => new SSMClient({ ...configuration, region });
  return { client, clientIn, clock, encryption, store, state, asked, database, events, enforce };
}

export type Setting = ReturnType<typeof parameterStoreOver>;

/** A test on each kind of database. */
export function testParameters(name: string, run: (setting: Setting) => Promise<void>): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      await run(parameterStoreOver(database));
    });
  }
}

export { assertRefused };
