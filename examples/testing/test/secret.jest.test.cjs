const { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } = require("@aws-sdk/client-secrets-manager");
const { Sealift } = require("@sealift/testing");

let sealift;
let secrets;

beforeAll(async () => {
  sealift = await Sealift.start();
  secrets = new SecretsManagerClient(sealift.clientConfig);
}, 60_000);

afterEach(() => sealift.reset());

afterAll(() => sealift.stop());

test("a secret is stored", async () => {
  await secrets.send(new CreateSecretCommand({ Name: "shop/database", SecretString: "first" }));
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: "shop/database" }));
  expect(SecretString).toBe("first");
});

test("there is nothing left of the test before", async () => {
  const read = secrets.send(new GetSecretValueCommand({ SecretId: "shop/database" }));
  await expect(read).rejects.toThrow("can't find the specified secret");
});
