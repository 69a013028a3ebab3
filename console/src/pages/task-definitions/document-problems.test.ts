import assert from "node:assert/strict";
import { test } from "node:test";
import { documentProblems, isShaped } from "./document-problems.ts";

const wording = {
  unknown: (name: string) => `unknown ${name}`,
  noObject: (name: string) => `no object ${name}`,
  noList: (name: string) => `no list ${name}`,
};
const messages = (document: unknown) =>
  documentProblems(JSON.stringify(document), wording).map(({ message }) => message);

test("documentProblems names what the API would pass over, with its place", () => {
  const wrong = `{\n  "famly": "a",\n  "containerDefinitions": [{ "name": "a", "secret": [] }]\n}`;
  assert.deepEqual(documentProblems(wrong, wording), [
    { line: 2, column: 3, message: "unknown famly" },
    { line: 3, column: 43, message: "unknown secret" },
  ]);
  assert.deepEqual(documentProblems("{", wording), []);
});

test("documentProblems looks into what containers and volumes hold", () => {
  const document = {
    containerDefinitions: [
      { secrets: [{ name: "A", valuefrom: "b" }], healthCheck: { command: ["true"], retrys: 3 } },
      { linuxParameters: { tmpfs: [{ containerPath: "/a", sise: 1 }] }, logConfiguration: { option: {} } },
    ],
    volumes: [{ efsVolumeConfiguration: { authorizationConfig: { IAM: "ENABLED" } } }],
  };
  assert.deepEqual(
    messages(document),
    ["valuefrom", "retrys", "sise", "option", "IAM"].map((name) => `unknown ${name}`),
  );
});

test("documentProblems takes any name in a map, and null for what is not there", () => {
  const log = { logDriver: "awslogs", options: { "awslogs-group": "a", "x.y": "" } };
  const container = { dockerLabels: { "sealift.x": "" }, logConfiguration: log, healthCheck: null };
  assert.deepEqual(messages({ containerDefinitions: [container, null], tags: null, volumes: [] }), []);
});

test("documentProblems says what is no list and no object", () => {
  const container = { secrets: { name: "A" }, logConfiguration: "awslogs", dockerLabels: ["a"] };
  assert.deepEqual(messages({ containerDefinitions: [container, 5], tags: "a" }), [
    ...["no list secrets", "no object logConfiguration", "no object dockerLabels", "no object containerDefinitions"],
    "no list tags",
  ]);
});

test("isShaped holds for documents with members that nobody knows, not for text in the place of an object", () => {
  assert.equal(isShaped('{"containerDefinitions":[{"secret":[]}],"famly":1}'), true);
  assert.equal(isShaped('{"containerDefinitions":[{"logConfiguration":"awslogs"}]}'), false);
});
