import assert from "node:assert/strict";
import { test } from "node:test";
import { paginateListKeys } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";

for (const database of databases()) {
  test(`ListKeys pages through all keys of the account (${database.name})`, async () => {
    await using opened = await openKms(database);
    const ids = (await Promise.all(Array.from({ length: 5 }, () => createKey(opened.kms)))).map(({ id }) => id);
    const pages: string[][] = [];
    for await (const page of paginateListKeys({ client: opened.kms, pageSize: 2 }, {})) {
      pages.push(page.Keys!.map((key) => key.KeyId!));
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [2, 2, 1],
    );
    assert.deepEqual(pages.flat(), ids.sort());
  });
}

test("ListKeys refuses a marker that it never gave", async () => {
  await using opened = await openKms();
  await assert.rejects(opened.kms.listKeys({ Marker: "x" }), {
    name: "InvalidMarkerException",
    message: "The marker that specifies where pagination should next begin is not valid.",
  });
});
