import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

const SecretId = "db";
const [a, b] = ["a", "b"].map((Key) => ({ Key, Value: Key }));

testSecrets("UntagResource removes the tags of these keys", async ({ client, asked }) => {
  await client.send(new CreateSecretCommand({ Name: SecretId, Tags: [a!, b!] }));
  await client.send(new UntagResourceCommand({ SecretId, TagKeys: ["a", "missing"] }));
  assert.deepEqual(asked.at(-1)?.conditions?.["aws:TagKeys"], ["a", "missing"]);
  assert.deepEqual((await client.send(new DescribeSecretCommand({ SecretId }))).Tags, [b]);
});

testSecrets("UntagResource refuses a missing secret, and one that got other tags meanwhile", async (setting) => {
  const { client, onceAuthorised } = setting;
  const untag = () => client.send(new UntagResourceCommand({ SecretId, TagKeys: ["a"] }));
  await assertRefused(untag(), "ResourceNotFoundException");
  await client.send(new CreateSecretCommand({ Name: SecretId, Tags: [a!] }));
  onceAuthorised("secretsmanager:UntagResource", () => client.send(new TagResourceCommand({ SecretId, Tags: [b!] })));
  await assertRefused(untag(), "InvalidRequestException", /was changed while/);
  assert.deepEqual((await client.send(new DescribeSecretCommand({ SecretId }))).Tags, [a, b]);
});
