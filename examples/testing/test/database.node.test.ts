import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Sealift, type StartedSealift } from "@sealift/testing";
import { changePassword, databaseUrl } from "../src/database.js";

let sealift: StartedSealift;
let secrets: SecretsManagerClient;

before(async () => {
  sealift = await Sealift.start();
  secrets = new SecretsManagerClient(sealift.clientConfig);
});

afterEach(() => sealift.reset());

after(() => sealift.stop());

test("the URL has the newest password", async () => {
  const SecretString = JSON.stringify({ username: "shop", password: "first", host: "db" });
  await secrets.send(new CreateSecretCommand({ Name: "shop/database", SecretString }));
  assert.equal(await databaseUrl(secrets), "postgres://shop:first@db/shop");
  await changePassword(secrets, "a/b");
  assert.equal(await databaseUrl(secrets), "postgres://shop:a%2Fb@db/shop");
});

test("there is nothing left of the test before", async () => {
  await assert.rejects(databaseUrl(secrets), { name: "ResourceNotFoundException" });
});
