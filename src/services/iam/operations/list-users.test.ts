import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam } from "../iam.fixture.ts";

test("ListUsers pages through all users below a path, and refuses a marker that is not its own", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listUsers({})).Users, []);
  for (const [name, path] of [
    ["ops", "/x/"],
    ["Dev", "/x/"],
    ["all", "/"],
  ] as const) {
    await iam.createUser({ UserName: name, Path: path });
  }
  const names: unknown[] = [];
  for await (const page of sdk.paginateListUsers({ client: iam, pageSize: 1 }, { PathPrefix: "/x/" })) {
    names.push(page.Users?.map(({ UserName }) => UserName));
  }
  assert.deepEqual(names, [["Dev"], ["ops"]]);
  assert.deepEqual(
    (await iam.listUsers({})).Users?.map(({ UserName }) => UserName),
    ["all", "Dev", "ops"],
  );
  await assert.rejects(iam.listUsers({ Marker: "!" }), { name: "ValidationError", message: "Invalid Marker." });
});
