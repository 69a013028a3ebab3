import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ListResourceTagsCommand,
  paginateListResourceTags,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";

for (const database of databases()) {
  test(`TagResource and UntagResource keep what they do not name (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id } = await createKey(kms, { Tags: [{ TagKey: "b", TagValue: "1" }] });
    await kms.send(
      new TagResourceCommand({
        KeyId: id,
        Tags: [
          { TagKey: "b", TagValue: "2" },
          { TagKey: "__proto__", TagValue: "" },
          { TagKey: "a", TagValue: "\u0000" },
        ],
      }),
    );
    const pages: object[] = [];
    for await (const page of paginateListResourceTags({ client: kms, pageSize: 2 }, { KeyId: id })) {
      pages.push(page.Tags!);
    }
    assert.deepEqual(pages, [
      [
        { TagKey: "__proto__", TagValue: "" },
        { TagKey: "a", TagValue: "\u0000" },
      ],
      [{ TagKey: "b", TagValue: "2" }],
    ]);
    await kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: ["a", "__proto__", "missing"] }));
    const { Tags, Truncated } = await kms.send(new ListResourceTagsCommand({ KeyId: id }));
    assert.deepEqual(Tags, [{ TagKey: "b", TagValue: "2" }]);
    assert.equal(Truncated, false);
  });

  test(`TagResource keeps every tag of requests at the same time (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id } = await createKey(opened.kms);
    const names = ["a", "b", "c", "d", "e", "f"];
    const tag = (TagKey: string) => new TagResourceCommand({ KeyId: id, Tags: [{ TagKey, TagValue: "" }] });
    await Promise.all(names.map((name) => opened.kms.send(tag(name))));
    const { Tags } = await opened.kms.send(new ListResourceTagsCommand({ KeyId: id }));
    assert.deepEqual(
      Tags?.map(({ TagKey }) => TagKey),
      names,
    );
  });
}

test("TagResource asks for the tags, and refuses a tag twice, reserved ones, and too many", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id: KeyId, arn } = await opened.create({ Tags: [{ TagKey: "team", TagValue: "a" }] });
  await kms.tagResource({ KeyId, Tags: [{ TagKey: "team", TagValue: "b" }] });
  const { action, resource, conditions } = asked.at(-1)!;
  assert.deepEqual([action, resource], ["kms:TagResource", arn]);
  assert.deepEqual(conditions?.["aws:TagKeys"], ["team"]);
  assert.equal(conditions?.["aws:RequestTag/team"], "b");
  assert.equal(conditions?.["aws:ResourceTag/team"], "a");
  const tag = (TagKey: string) => ({ TagKey, TagValue: "" });
  for (const Tags of [
    [tag("a"), tag("a")],
    [tag("aws:a")],
    Array.from({ length: 50 }, (_, index) => tag(`k${index}`)),
  ]) {
    await assert.rejects(kms.tagResource({ KeyId, Tags }), { name: "TagException" });
  }
});
