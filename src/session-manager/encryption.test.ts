import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { sessionCipher, targetIdOf } from "./encryption.ts";

test("each end decrypts what the other encrypted, and nothing else", () => {
  const key = randomBytes(64);
  const [agent, client] = [sessionCipher(key, "agent"), sessionCipher(key, "client")];
  const data = Buffer.from("grüße");
  assert.deepEqual(client.decrypt(agent.encrypt(data)), data);
  assert.deepEqual(agent.decrypt(client.encrypt(data)), data);
  assert.throws(() => agent.decrypt(agent.encrypt(data)));
  const changed = agent.encrypt(data);
  changed[12]! ^= 1;
  assert.throws(() => client.decrypt(changed));
  assert.throws(() => client.decrypt(data), /is not encrypted/);
  assert.throws(() => sessionCipher(key.subarray(1), "agent"), /another length/);
});

test("a container's name for Session Manager", () => {
  assert.equal(targetIdOf("arn:aws:ecs:us-east-1:000000000000:task/default/0123", "abc"), "ecs:default_0123_abc");
});
