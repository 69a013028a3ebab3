import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import { assertRefused } from "../../../test/support/refused.ts";
import { auditCalls, type EventDocument, eventStore } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access, Call, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import { cloudTrailService } from "../cloudtrail/index.ts";
import type { TaskRunner } from "../ecs/index.ts";
import { fakeEncryption } from "./fake-encryption.fixture.ts";
import {
  type RotationFunctions,
  rotationFunctions,
  type SecretsManager,
  secretsManagerService,
  secretsManagerStore,
} from "./index.ts";

export const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** There are no tasks in these tests. */
export const noTasks: TaskRunner = {
  resolve: async () => ({ arn: undefined, access: [] }),
  run: async () => "There are no tasks",
};

/** Secrets Manager over a database, with a real SDK client. */
export function secretsManagerOver(
  database: Database,
  kms = fakeEncryption(testAccount, testRegion),
  functions: RotationFunctions = rotationFunctions(new Map(), noTasks),
) {
  const clock = fakeClock();
  const events = eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds });
  const store = secretsManagerStore(database, events);
  const asked: Access[] = [];
  const state: { principal: Principal; deny(access: Access, call: Call): string | undefined } = {
    principal: rootPrincipal,
    deny: () => undefined,
  };
  const authorize = async (call: Call, access: Access) => {
    asked.push(access);
    return state.deny(access, call);
  };
  const context: SecretsManager = {
    ...{ store, functions, encryption: kms.encryption },
    ...{ ids: randomIds, authorize },
    audit: auditCalls(events, { account: testAccount, region: testRegion }, assert.ifError),
  };
  const service = secretsManagerService(context);
  const wire = inProcess([service, cloudTrailService({ events })], {
    clock,
    authorize,
    principal: () => state.principal,
  });
  const client = new SecretsManagerClient(wire);
  /** A client of another region of the same installation. */
  const clientIn = (region: string) => new SecretsManagerClient({ ...wire, region });
  /** What LookupEvents finds in a region, the oldest first. */
  async function eventsIn(region = testRegion): Promise<EventDocument[]> {
    const { Events } = await new CloudTrailClient({ ...wire, region }).send(new LookupEventsCommand({}));
    return Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!)).reverse();
  }
  return { client, clientIn, events, eventsIn, clock, kms, store, context, state, asked, database };
}

export type Setting = ReturnType<typeof secretsManagerOver>;

/** A test on each kind of database. */
export function testSecrets(name: string, run: (setting: Setting) => Promise<void>): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      await run(secretsManagerOver(database));
    });
  }
}

export { assertRefused };

/** A version's id, made from a letter so that it can be told apart. */
export function token(letter: string): string {
  return letter.repeat(32);
}
