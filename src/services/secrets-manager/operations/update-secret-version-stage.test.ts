import assert from "node:assert/strict";
import { DescribeSecretCommand, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import {
  assertNotOutrun,
  assertRefused,
  fourVersions,
  replaceSecret,
  testSecrets,
  token,
} from "../secrets-manager.fixture.ts";

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

testSecrets(
  "UpdateSecretVersionStage moves labels of the secret that was authorised, or is refused",
  async (setting) => {
    await fourVersions(setting);
    const { client, onceAuthorised } = setting;
    const move = (to: string, from: string) =>
      client.send(new UpdateSecretVersionStageCommand(inputOf(["AWSCURRENT", to, from])));
    await assertNotOutrun(setting, "UpdateSecretVersionStage", () => move("a", "b"));
    onceAuthorised("secretsmanager:UpdateSecretVersionStage", () => move("c", "b"));
    await assertRefused(move("a", "b"), "InvalidParameterException", /must be set to the version that currently has/);
    onceAuthorised("secretsmanager:UpdateSecretVersionStage", () => replaceSecret(setting));
    await assertRefused(move("a", "c"), "ResourceNotFoundException");
  },
);
