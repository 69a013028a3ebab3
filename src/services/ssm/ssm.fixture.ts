import { test } from "node:test";
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { databases } from "../../../test/support/databases.ts";
import { inProcess } from "../../../test/support/in-process.ts";
import { assertRefused } from "../../../test/support/refused.ts";
import { randomIds } from "../../ids.ts";
import type { Authorize } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import type { Encryption } from "../kms/index.ts";
import { secretReader } from "../secrets-manager/index.ts";
import { openSecretsManager } from "../secrets-manager/secrets-manager.fixture.ts";
import type { Ssm } from "./context.ts";
import { fakeEncryption } from "./fake-encryption.fixture.ts";
import { enforcePolicies, ssmService, ssmStore } from "./index.ts";

export { assertRefused };

export interface Options {
  /** KMS for both services, in place of their fakes. */
  readonly kms?: (database: Database, authorize: Authorize) => Encryption;
}

/** Parameter Store beside Secrets Manager over a database, with real SDK clients. */
export function openSsm(database: Database, { kms }: Options = {}) {
  let given: Encryption | undefined;
  const secretsManager = openSecretsManager(
    database,
    kms ? { encryption: (authorize) => (given = kms(database, authorize)) } : {},
  );
  const { client: secrets, clock, events, state, asked, authorize, onceAuthorised } = secretsManager;
  const encryption = fakeEncryption("alias/own", "alias/other");
  const store = ssmStore(database, events);
  const context: Ssm = {
    store,
    encryption: given ?? encryption,
    ids: randomIds,
    secrets: secretReader(secretsManager.context),
    sessions: { find: async () => undefined, resume: async () => undefined, terminate: async () => {} },
    trustsSystemsManager: async (_place, roleArn) => roleArn.endsWith("/trusting"),
  };
  const service = ssmService(context);
  const configuration = inProcess([service], { clock, authorize, principal: () => state.principal });
  return {
    context,
    client: new SSMClient(configuration),
    /** The same server, asked as another region's. */
    clientIn: (region: string) => new SSMClient({ ...configuration, region }),
    enforce: () => enforcePolicies(database, events, "aws", clock.now()),
    secrets,
    clock,
    encryption,
    store,
    state,
    asked,
    onceAuthorised,
    database,
    events,
  };
}

export type Setting = ReturnType<typeof openSsm>;

/** A test on each kind of database. */
export function testParameters(name: string, run: (setting: Setting) => Promise<void>, options?: Options): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      await run(openSsm(database, options));
    });
  }
}

/** Puts `/a/b` in versions 1 to 3, of which 2 is `prod`, and `c`. */
export async function fill({ client }: Setting): Promise<void> {
  for (const Value of ["one", "two", "three"]) {
    await client.send(new PutParameterCommand({ Name: "/a/b", Type: "String", Value, Overwrite: true }));
  }
  await client.send(new LabelParameterVersionCommand({ Name: "/a/b", ParameterVersion: 2, Labels: ["prod"] }));
  await client.send(new PutParameterCommand({ Name: "c", Type: "String", Value: "sea" }));
}

/** Puts `a` in as many versions. */
export async function fillVersions({ client }: Setting, versions = 3): Promise<void> {
  for (let count = 1; count <= versions; count++) {
    await client.send(new PutParameterCommand({ Name: "a", Type: "String", Value: `${count}`, Overwrite: true }));
  }
}

/** The labels of each version of `a`, the oldest first. */
export async function labelsOf({ client }: Setting) {
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: "a" }));
  return Parameters?.map(({ Labels }) => Labels);
}

/** Deletes `/a` and makes another parameter of that name in the same moment. */
export async function replaceParameter(
  { client }: Setting,
  more: Partial<PutParameterCommandInput> = {},
): Promise<void> {
  await client.send(new DeleteParameterCommand({ Name: "/a" }));
  await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value: "another parameter", ...more }));
}

/** Tags `/a`, so that policies may decide otherwise on it. */
export async function tagParameter({ client }: Setting): Promise<void> {
  const Tags = [{ Key: "team", Value: "red" }];
  await client.send(new AddTagsToResourceCommand({ ResourceType: "Parameter", ResourceId: "/a", Tags }));
}

/** Asserts that a change of `/a` is refused if, once `action` is authorised, the parameter is replaced or tagged. */
export async function assertNotOutrun(
  setting: Setting,
  action: string,
  send: () => Promise<unknown>,
  error = "TooManyUpdates",
): Promise<void> {
  setting.onceAuthorised(`ssm:${action}`, () => replaceParameter(setting, { Tier: "Advanced" }));
  await assertRefused(send(), error);
  setting.onceAuthorised(`ssm:${action}`, () => tagParameter(setting));
  await assertRefused(send(), error);
}

/** Adds parameters that are as the only one there. To put each of them would take a hundred times as long. */
export async function copyParameter({ db }: Database, names: readonly string[]): Promise<void> {
  const parameter = await db.selectFrom("ssm_parameters").selectAll().executeTakeFirstOrThrow();
  const version = await db.selectFrom("ssm_versions").selectAll().executeTakeFirstOrThrow();
  const parameters = names.map((name) => ({ ...parameter, name }));
  await db.insertInto("ssm_parameters").values(parameters).execute();
  const versions = names.map((name) => ({ ...version, name, given_name: name }));
  await db.insertInto("ssm_versions").values(versions).execute();
}
