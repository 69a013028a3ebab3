import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

testSecrets(
  "TagResource adds and replaces, UntagResource removes, the last leaves an empty list",
  async ({ client }) => {
    await client.send(new CreateSecretCommand({ Name: "db" }));
    const tags = async () => (await client.send(new DescribeSecretCommand({ SecretId: "db" }))).Tags;
    const tag = (pairs: Record<string, string>) => {
      const Tags = Object.entries(pairs).map(([Key, Value]) => ({ Key, Value }));
      return client.send(new TagResourceCommand({ SecretId: "db", Tags }));
    };
    await tag({ a: "1", b: "2" });
    await tag({ b: "3", c: "" });
    assert.deepEqual(await tags(), [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "3" },
      { Key: "c", Value: "" },
    ]);
    await client.send(new UntagResourceCommand({ SecretId: "db", TagKeys: ["a", "c", "missing"] }));
    assert.deepEqual(await tags(), [{ Key: "b", Value: "3" }]);
    await client.send(new UntagResourceCommand({ SecretId: "db", TagKeys: ["b"] }));
    assert.deepEqual(await tags(), []);
    await assertRefused(tag({ "aws:a": "1" }), "InvalidParameterException");
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ""]));
    await tag(many);
    await assertRefused(tag({ more: "" }), "InvalidParameterException");
  },
);

testSecrets(
  "TagResource and UntagResource refuse to take the caller's own permission away",
  async ({ client, state }) => {
    await client.send(new CreateSecretCommand({ Name: "db", Tags: [{ Key: "team", Value: "orders" }] }));
    state.deny = ({ conditions }) => (conditions?.["aws:ResourceTag/team"] === "orders" ? undefined : "not your team");
    const Tags = [{ Key: "team", Value: "other" }];
    for (const command of [
      new TagResourceCommand({ SecretId: "db", Tags }),
      new UntagResourceCommand({ SecretId: "db", TagKeys: ["team"] }),
    ]) {
      await assertRefused(client.send(command as TagResourceCommand), "AccessDeniedException", "not your team");
    }
    const described = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    assert.deepEqual(described.Tags, [{ Key: "team", Value: "orders" }]);
  },
);
