import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, type Setting, testSecrets, token } from "../secrets-manager.fixture.ts";

/** a: AWSPREVIOUS, b: AWSCURRENT, c: mine, d: no label. */
async function fourVersions({ client, clock }: Setting): Promise<void> {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  for (const [letter, VersionStages] of [["b"], ["d", ["mine"]], ["c", ["mine"]]] as [string, string[]?][]) {
    clock.advance(1000);
    const put = { SecretId: "db", SecretString: letter, ClientRequestToken: token(letter), VersionStages };
    await client.send(new PutSecretValueCommand(put));
  }
}

type Move = [label: string, to: string | undefined, from: string | undefined];

function inputOf([VersionStage, to, from]: Move) {
  return {
    SecretId: "db",
    VersionStage,
    MoveToVersionId: to && token(to),
    RemoveFromVersionId: from && token(from),
  };
}

const moves: [move: Move, shown: Record<string, string[]>][] = [
  [["AWSCURRENT", "a", "b"], { a: ["AWSCURRENT"], b: ["AWSPREVIOUS"], c: ["mine"] }],
  [["AWSCURRENT", "c", "b"], { b: ["AWSPREVIOUS"], c: ["AWSCURRENT", "mine"] }],
  [["AWSCURRENT", "b", undefined], { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"], c: ["mine"] }],
  [["mine", "d", "c"], { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"], d: ["mine"] }],
  [["new", "d", undefined], { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"], c: ["mine"], d: ["new"] }],
  [["mine", undefined, "c"], { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"] }],
  [["AWSPREVIOUS", undefined, "a"], { b: ["AWSCURRENT"], c: ["mine"] }],
];

for (const [move, shown] of moves) {
  const [label, to, from] = move;
  testSecrets(`UpdateSecretVersionStage moves ${label} from ${from} to ${to}`, async (setting) => {
    await fourVersions(setting);
    await setting.client.send(new UpdateSecretVersionStageCommand(inputOf(move)));
    const { VersionIdsToStages } = await setting.client.send(new DescribeSecretCommand({ SecretId: "db" }));
    const expected = Object.fromEntries(Object.entries(shown).map(([letter, stages]) => [token(letter), stages]));
    assert.deepEqual(VersionIdsToStages, expected);
  });
}

const wrongHolder =
  /^When you move staging label mine, if you specify RemoveFromVersionId, it must be set to the version/;

const refusals: [move: Move, name: string, message: string | RegExp][] = [
  [
    ["AWSCURRENT", "a", undefined],
    "InvalidParameterException",
    `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${token("b")}, so you must explicitly reference that version in RemoveFromVersionId.`,
  ],
  [
    ["AWSCURRENT", undefined, "b"],
    "InvalidParameterException",
    "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.",
  ],
  [["mine", "d", "a"], "InvalidParameterException", wrongHolder],
  [["mine", undefined, "a"], "InvalidParameterException", wrongHolder],
  [["mine", undefined, undefined], "InvalidParameterException", /^You must provide MoveToVersionId/],
  [
    ["mine", "e", "c"],
    "ResourceNotFoundException",
    `Secrets Manager can't find the specified secret value for VersionId: ${token("e")}`,
  ],
];

for (const [move, name, message] of refusals) {
  testSecrets(`UpdateSecretVersionStage refuses ${JSON.stringify(move)}`, async (setting) => {
    await fourVersions(setting);
    await assertRefused(setting.client.send(new UpdateSecretVersionStageCommand(inputOf(move))), name, message);
  });
}

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
