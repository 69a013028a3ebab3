import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import { assertRefused } from "../../../test/support/refused.ts";
import { auditCalls, type EventDocument, eventStore } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access, Authorize, Call, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import { cloudTrailService } from "../cloudtrail/index.ts";
import type { TaskRunner } from "../ecs/index.ts";
import type { Encryption } from "../kms/index.ts";
import { fakeEncryption } from "./fake-encryption.fixture.ts";
import {
  type RotationFunctions,
  rotationFunctions,
  type SecretsManager,
  secretsManagerService,
  secretsManagerStore,
} from "./index.ts";

export { assertRefused };

export const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** There are no tasks in these tests. */
export const noTasks: TaskRunner = {
  resolve: async () => ({ arn: undefined, access: [] }),
  run: async () => "There are no tasks",
};

export interface Options {
  readonly kms?: ReturnType<typeof fakeEncryption>;
  /** In place of `kms`; `authorize` is the one that the service has. */
  readonly encryption?: (authorize: Authorize) => Encryption;
  readonly functions?: RotationFunctions;
}

/** Secrets Manager over a database, with a real SDK client. */
export function openSecretsManager(database: Database, options: Options = {}) {
  const { kms = fakeEncryption(testAccount, testRegion), functions = rotationFunctions(new Map(), noTasks) } = options;
  const clock = fakeClock();
  const events = eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds });
  const store = secretsManagerStore(database, events);
  const asked: Access[] = [];
  const changes = new Map<string, () => Promise<unknown>>();
  const state: { principal: Principal; deny(access: Access, call: Call): string | undefined } = {
    principal: rootPrincipal,
    deny: () => undefined,
  };
  const authorize: Authorize = async (call, access) => {
    asked.push(access);
    const denial = state.deny(access, call);
    const change = changes.get(access.action);
    changes.delete(access.action);
    await change?.();
    return denial;
  };
  const context: SecretsManager = {
    store,
    functions,
    encryption: options.encryption?.(authorize) ?? kms.encryption,
    ids: randomIds,
    authorize,
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
  /** The events that LookupEvents finds in a region, the oldest first. */
  async function eventsIn(region = testRegion): Promise<EventDocument[]> {
    const { Events } = await new CloudTrailClient({ ...wire, region }).send(new LookupEventsCommand({}));
    return Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!)).reverse();
  }
  /** Has `change` done once, when `action` is authorised next: after its subject was found, before the operation runs. */
  function onceAuthorised(action: string, change: () => Promise<unknown>): void {
    changes.set(action, change);
  }
  return {
    client,
    clientIn,
    events,
    eventsIn,
    clock,
    kms,
    store,
    context,
    service,
    state,
    asked,
    authorize,
    onceAuthorised,
    database,
  };
}

export type Setting = ReturnType<typeof openSecretsManager>;

/** A test on each kind of database. */
export function testSecrets(name: string, run: (setting: Setting) => Promise<void>): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      await run(openSecretsManager(database));
    });
  }
}

/** A version's id, made from a letter so that it can be told apart. */
export function token(letter: string): string {
  return letter.repeat(32);
}

/** A secret `db` of four versions: a: AWSPREVIOUS, b: AWSCURRENT, c: mine, d: no label. */
export async function fourVersions({ client, clock }: Setting): Promise<void> {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  for (const [letter, VersionStages] of [["b"], ["d", ["mine"]], ["c", ["mine"]]] as [string, string[]?][]) {
    clock.advance(1000);
    const put = { SecretId: "db", SecretString: letter, ClientRequestToken: token(letter), VersionStages };
    await client.send(new PutSecretValueCommand(put));
  }
}

/** Clients that by turns talk to two servers over one database. */
export function twoServers(setting: Setting) {
  const { client } = openSecretsManager(setting.database, { kms: setting.kms });
  return (index: number) => (index % 2 === 0 ? setting.client : client);
}

/** The names of the errors among some answers. */
export function failuresOf(settled: readonly PromiseSettledResult<unknown>[]): string[] {
  return settled.flatMap((one) => (one.status === "rejected" ? [one.reason.name] : []));
}

/** A resource policy that says nothing about the tests' callers. */
export const otherPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
  ],
});

/** Deletes `db` and makes another secret of that name; gives its ARN. */
export async function replaceSecret({ client }: Pick<Setting, "client">): Promise<string> {
  await client.send(new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true }));
  const { ARN = "" } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "another secret" }));
  return ARN;
}

/** Changes of `db` after which policies may decide otherwise. */
export const otherwiseDecided: readonly [
  name: string,
  change: (setting: Pick<Setting, "client">) => Promise<unknown>,
][] = [
  [
    "another resource policy",
    ({ client }) => client.send(new PutResourcePolicyCommand({ SecretId: "db", ResourcePolicy: otherPolicy })),
  ],
  [
    "another tag",
    ({ client }) => client.send(new TagResourceCommand({ SecretId: "db", Tags: [{ Key: "team", Value: "red" }] })),
  ],
];

/** Asserts that a change of `db` is refused if, once `action` is authorised, policies might decide otherwise. */
export async function assertNotOutrun(
  setting: Pick<Setting, "client" | "onceAuthorised">,
  action: string,
  send: () => Promise<unknown>,
): Promise<void> {
  for (const [name, change] of otherwiseDecided) {
    setting.onceAuthorised(`secretsmanager:${action}`, () => change(setting));
    const message = "The secret was changed while the request was in progress. Try again.";
    await assertRefused(send(), "InvalidRequestException", message).catch((cause) => assert.fail(`${name}: ${cause}`));
  }
}
