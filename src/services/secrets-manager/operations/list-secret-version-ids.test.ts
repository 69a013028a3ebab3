import assert from "node:assert/strict";
import { ListSecretVersionIdsCommand } from "@aws-sdk/client-secrets-manager";
import { assertRefused, fourVersions, replaceSecret, testSecrets } from "../secrets-manager.fixture.ts";

testSecrets("ListSecretVersionIds leaves deprecated versions out unless asked, and pages", async (setting) => {
  await fourVersions(setting);
  const { client } = setting;
  const list = async (input: { IncludeDeprecated?: boolean; MaxResults?: number; NextToken?: string | undefined }) => {
    const answer = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db", ...input }));
    const letters = answer.Versions?.map(({ VersionId }) => VersionId?.charAt(0)).join("");
    return { letters, versions: answer.Versions, next: answer.NextToken };
  };
  assert.equal((await list({})).letters, "abc");
  const all = await list({ IncludeDeprecated: true });
  assert.deepEqual([all.letters, all.next], ["abdc", undefined]);
  assert.deepEqual(
    all.versions?.map(({ VersionStages }) => VersionStages?.join()),
    ["AWSPREVIOUS", "AWSCURRENT", undefined, "mine"],
  );
  const first = await list({ IncludeDeprecated: true, MaxResults: 3 });
  const second = await list({ IncludeDeprecated: true, MaxResults: 3, NextToken: first.next });
  assert.deepEqual([first.letters, second.letters, second.next], ["abd", "c", undefined]);
  await assertRefused(list({ NextToken: "bad" }), "InvalidNextTokenException");
});

testSecrets("ListSecretVersionIds lists the versions of the secret that was authorised", async (setting) => {
  await fourVersions(setting);
  const { client, onceAuthorised } = setting;
  onceAuthorised("secretsmanager:ListSecretVersionIds", () => replaceSecret(setting));
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db" }));
  assert.equal(Versions?.length, 3);
  const missing = new ListSecretVersionIdsCommand({ SecretId: "none" });
  await assertRefused(client.send(missing), "ResourceNotFoundException");
});
