import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam } from "../iam.fixture.ts";

test("ListGroups pages through all groups below a path, and refuses a marker that is not its own", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listGroups({})).Groups, []);
  for (const [name, path] of [
    ["ops", "/x/"],
    ["Dev", "/x/"],
    ["all", "/"],
  ] as const) {
    await iam.createGroup({ GroupName: name, Path: path });
  }
  const names: unknown[] = [];
  for await (const page of sdk.paginateListGroups({ client: iam, pageSize: 1 }, { PathPrefix: "/x/" })) {
    names.push(page.Groups?.map(({ GroupName }) => GroupName));
  }
  assert.deepEqual(names, [["Dev"], ["ops"]]);
  assert.deepEqual(
    (await iam.listGroups({})).Groups?.map(({ GroupName }) => GroupName),
    ["all", "Dev", "ops"],
  );
  await assert.rejects(iam.listGroups({ Marker: "!" }), { name: "ValidationError", message: "Invalid Marker." });
});
