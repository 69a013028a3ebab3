import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { iamService, iamStore } from "./index.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() }));
    return { iam, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  /** How often it succeeded of five times at once, and with what error it failed else. */
  async function atOnce(work: (index: number) => Promise<unknown>): Promise<readonly [number, readonly string[]]> {
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.name] : []));
    return [outcomes.length - errors.length, [...new Set(errors)]];
  }

  test(`of several that make or fill the same at once, one succeeds (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const taken = [1, ["EntityAlreadyExistsException"]];
    assert.deepEqual(await atOnce(() => iam.createGroup({ GroupName: "g" })), taken);
    assert.deepEqual(await atOnce(() => iam.createInstanceProfile({ InstanceProfileName: "i" })), taken);
    assert.deepEqual(await atOnce(() => iam.createOpenIDConnectProvider({ Url: "https://idp.example" })), taken);
    await iam.createUser({ UserName: "bob" });
    assert.deepEqual(await atOnce(() => iam.createLoginProfile({ UserName: "bob", Password: "Abc1!efgh" })), taken);
    assert.deepEqual(await atOnce(() => iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" })), [
      1,
      ["InvalidInputException"],
    ]);
    for (const index of [0, 1, 2, 3, 4])
      await iam.createRole({ RoleName: `r${index}`, AssumeRolePolicyDocument: trust });
    assert.deepEqual(
      await atOnce((index) => iam.addRoleToInstanceProfile({ InstanceProfileName: "i", RoleName: `r${index}` })),
      [1, ["LimitExceededException"]],
    );
  });

  test(`a limit holds for several who come at once (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createUser({ UserName: "bob" });
    for (let number = 0; number < 14; number++) await iam.createGroup({ GroupName: `g${number}` });
    for (let number = 0; number < 9; number++) await iam.addUserToGroup({ GroupName: `g${number}`, UserName: "bob" });
    assert.deepEqual(await atOnce((index) => iam.addUserToGroup({ GroupName: `g${9 + index}`, UserName: "bob" })), [
      1,
      ["LimitExceededException"],
    ]);
    const outcome = await Promise.allSettled([
      iam.deleteGroup({ GroupName: "g13" }),
      iam.removeUserFromGroup({ GroupName: "g0", UserName: "bob" }),
      iam.addUserToGroup({ GroupName: "g13", UserName: "bob" }),
    ]);
    const groups = (await iam.listGroupsForUser({ UserName: "bob" })).Groups?.map(({ GroupName }) => GroupName) ?? [];
    const isThere = await iam.getGroup({ GroupName: "g13" }).then(
      () => true,
      () => false,
    );
    assert.equal(groups.includes("g13") && !isThere, false, JSON.stringify(outcome));
  });
}
