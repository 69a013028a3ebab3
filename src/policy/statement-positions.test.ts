import assert from "node:assert/strict";
import { test } from "node:test";
import { statementPositions } from "./statement-positions.ts";

/** Documents and the positions that IAM's policy simulator gives for them. */
const cases: readonly (readonly [name: string, document: string, positions: readonly string[]])[] = [
  [
    "one line",
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    ["1:38-1:95"],
  ],
  [
    "two statements in a line",
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"First"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"Second"}]}',
    ["1:38-1:109", "1:109-1:182"],
  ],
  [
    "indented",
    JSON.stringify(
      {
        Version: "2012-10-17",
        Statement: [
          { E: "", A: "", R: "", S: "" },
          { E: "", A: "", R: "", S: "" },
        ],
      },
      null,
      2,
    ),
    ["3:17-9:6", "9:6-15:6"],
  ],
  [
    "lines that end in CR and LF",
    ' \r\n{\r\n  "Version": "2012-10-17",\r\n  "Statement": [\r\n    {\r\n      "Effect": "Allow",\r\n      "Action": "s3:GetObject",\r\n      "Resource": "*"\r\n    }\r\n  ]\r\n}\r\n ',
    ["4:17-9:6"],
  ],
  ["no list", '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}', ["1:16-1:77"]],
];

for (const [name, document, positions] of cases) {
  test(`statementPositions counts as AWS: ${name}`, () => {
    const found = statementPositions(document).map(
      ({ start, end }) => `${start.line}:${start.column}-${end.line}:${end.column}`,
    );
    assert.deepEqual(found, positions);
  });
}

test("statementPositions is not misled by what stands inside of statements and strings", () => {
  const tricky = {
    Id: '"Statement":[{}]\\"',
    Statement: [
      { Sid: "}]", Condition: { StringEquals: { Statement: ["{", '"', "\\"] } }, Statement: [{}] },
      { Action: ["a", "b"] },
    ],
  };
  for (const indent of [0, 1, 4]) {
    const document = JSON.stringify(tricky, null, indent);
    const lines = document.split("\n");
    const found = statementPositions(document);
    assert.equal(found.length, 2);
    for (const { end } of found) {
      assert.equal(lines[end.line - 1]?.[end.column - 2], "}");
    }
  }
  assert.equal(statementPositions('{"Statement":[{},{}],"St\\u0061tement":[{}]}').length, 1);
  assert.deepEqual(statementPositions('{"Statement":[]}'), []);
});
