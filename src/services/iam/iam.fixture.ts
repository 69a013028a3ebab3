import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-iam";
import { CompiledQuery } from "kysely";
import { openEmptySqlite } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Authorize, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import { authorizer, iamService, iamStore } from "./index.ts";
import { iam as descriptor } from "./service.ts";

/** A policy of AWS's that tests attach. */
export const powerUser = "arn:aws:iam::aws:policy/PowerUserAccess";
export const executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/** A statement. It allows the actions on everything unless `more` says otherwise. */
export function allow(action: string | readonly string[], more: object = {}): object {
  return { Effect: "Allow", Action: action, Resource: "*", ...more };
}

/** A policy document. */
export function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const readParameters = document(allow("ssm:GetParameters"));

/** A trust policy. */
export function trust(principal: object = { Service: "ecs-tasks.amazonaws.com" }): string {
  return document({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });
}

/** The ARN of a resource of IAM in the tests' account. */
export function arnOf(resource: string): string {
  return `arn:aws:iam::${testAccount}:${resource}`;
}

/** The principal of a user that IAM answered. */
export function principalOf(user: sdk.User | undefined): Principal {
  const { Arn: arn, UserId: userId, UserName: userName } = user ?? {};
  assert.ok(arn && userId && userName);
  return { kind: "user", arn, account: testAccount, userId, userName, accessKeyId: "AKIATEST" };
}

/** The refusal of a name that nothing has. */
export function noSuch(noun: string, name: string) {
  return { name: "NoSuchEntityException", message: `The ${noun} with name ${name} cannot be found.` };
}

/** The refusal of a change of something that changed since access was asked for. */
export const concurrent = { name: "ConcurrentModificationException" };

/** Checks that a refusal is this one, to the code and the status on the wire. */
export function refusal(code: string, status: number, message: string) {
  return (error: sdk.IAMServiceException & { readonly Code?: string }) => {
    const found = [error.Code ?? error.name, error.$metadata.httpStatusCode, error.message];
    assert.deepEqual(found, [code, status, message]);
    return true;
  };
}

let shared: Database | undefined;

/** Has all tests of this process use one database. Each begins with empty tables. */
export function shareDatabase(database: Database): void {
  shared = database;
}

async function openDatabase(): Promise<Database> {
  if (!shared) return openEmptySqlite();
  // In one round trip.
  await shared.db.executeQuery(CompiledQuery.raw(descriptor.tables.map((table) => `delete from ${table}`).join(";")));
  return { ...shared, async [Symbol.asyncDispose]() {} };
}

/**
 * An empty IAM behind the real SDK client, in memory. The root user calls unless a test sets another `caller`; with `decides`
 * the callers' policies decide, else everything is allowed.
 */
export async function openIam({ decides = false, now }: { readonly decides?: boolean; readonly now?: string } = {}) {
  const database = await openDatabase();
  const clock = fakeClock(now);
  const caller: { principal: Principal } = { principal: rootPrincipal };
  const open = () => {
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const decide: Authorize = decides ? authorizer({ store }) : async () => undefined;
    const authorize: Authorize = async (call, access) => {
      const denial = await decide(call, access);
      const change = changes.shift();
      await change?.();
      return denial;
    };
    const options = { clock, principal: () => caller.principal, authorize };
    return { store, iam: new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], options)) };
  };
  const changes: (() => Promise<unknown>)[] = [];
  return {
    ...open(),
    database,
    clock,
    caller,
    /** Another process over the same database. */
    open,
    /** Makes a change after the next request was authorised and before it runs. */
    meanwhile: (change: () => Promise<unknown>) => void changes.push(change),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
