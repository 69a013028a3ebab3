import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Sealift, type StartedSealift } from "@sealift/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { changePassword, databaseUrl } from "../src/database.js";

let sealift: StartedSealift;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  sealift = await Sealift.start();
  secrets = new SecretsManagerClient(sealift.clientConfig);
}, 60_000);

afterEach(() => sealift.reset());

afterAll(() => sealift.stop());

test("the URL has the newest password", async () => {
  const SecretString = JSON.stringify({ username: "shop", password: "first", host: "db" });
  await secrets.send(new CreateSecretCommand({ Name: "shop/database", SecretString }));
  expect(await databaseUrl(secrets)).toBe("postgres://shop:first@db/shop");
  await changePassword(secrets, "a/b");
  expect(await databaseUrl(secrets)).toBe("postgres://shop:a%2Fb@db/shop");
});

test("there is nothing left of the test before", async () => {
  await expect(databaseUrl(secrets)).rejects.toThrow("can't find the specified secret");
});
