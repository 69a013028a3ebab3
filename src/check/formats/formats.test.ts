import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv } from "ajv";
import type { Checked } from "../check.ts";
import type { Finding } from "../finding.ts";
import { rules } from "../rules/index.ts";
import { github, json, sarif, terminal } from "./index.ts";

const statement = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const denied: Finding = {
  rule: "key-denied",
  severity: "error",
  when: "start",
  pointer: "/containerDefinitions/0/secrets/0/valueFrom",
  line: 12,
  column: 7,
  message: "100% denied:\nno, really",
  aws: "AccessDeniedException: no\ttabs",
  mend: {
    text: "Add to a policy:",
    statements: [{ addTo: "a policy", statement }],
    command: "aws iam put-role-policy",
  },
};
const warned: Finding = { ...denied, rule: "role-shared", severity: "warning", when: "later", pointer: "" };
const unseen: Finding = { rule: "not-seen", severity: "unknown", when: "start", pointer: "/a", message: "Not known" };

const file: Checked = {
  name: "deploy/a,b: c#1.json",
  isFile: true,
  family: "web",
  findings: [denied],
  ok: [{ pointer: "/executionRoleArn", what: "ECS may assume it" }],
  prediction: { when: "start", words: "ResourceInitializationError" },
};
const registered: Checked = { name: "web:7", isFile: false, family: "web", findings: [unseen], ok: [] };
const fine: Checked = { name: "fine.json", isFile: true, family: "web", findings: [], ok: [] };
const absolute: Checked = { ...file, name: "/srv/a b.json", findings: [warned, { ...unseen, line: 1, column: 1 }] };
const all = [file, registered, fine, absolute];

test("json has a version, a summary, and each definition with its findings", () => {
  const { version, summary, definitions } = JSON.parse(json(all));
  assert.equal(version, 1);
  assert.deepEqual(summary, { errors: 1, warnings: 1, unknown: 2 });
  assert.deepEqual(definitions[0], {
    file: file.name,
    family: "web",
    findings: [denied],
    ok: file.ok,
    prediction: file.prediction,
  });
  assert.deepEqual(definitions[1], { definition: "web:7", family: "web", findings: [unseen], ok: [] });
  assert.deepEqual(Object.keys(definitions[2]), ["file", "family", "findings", "ok"]);
});

test("github has one line a finding, with everything escaped that a workflow command parts by", () => {
  assert.equal(
    github([file, registered, fine]),
    `::error file=deploy/a%2Cb%3A c#1.json,line=12,col=7,title=key-denied::100%25 denied:%0Ano, really%0A${[
      "On AWS: AccessDeniedException: no\ttabs",
      "Mend: Add to a policy:",
      `  ${JSON.stringify(statement)}`,
      "  $ aws iam put-role-policy",
    ].join("%0A")}\n::notice title=not-seen::web:7: Not known\n`,
  );
  assert.equal(github([fine]), "");
});

test("terminal shows where, what, when and the mend, without control characters", () => {
  assert.equal(
    terminal([file], { colour: false }),
    [
      "deploy/a,b: c#1.json: 1 error; 1 thing resolves",
      "",
      "  error  deploy/a,b: c#1.json:12:7  key-denied",
      "    100% denied:\\u000ano, really",
      "    On AWS, when a task starts: AccessDeniedException: no tabs",
      "    Mend: Add to a policy:",
      `      ${JSON.stringify(statement)}`,
      "      $ aws iam put-role-policy",
      "",
      "",
    ].join("\n"),
  );
  assert.equal(terminal([fine], { colour: false }), "fine.json: fine, 0 things resolve\n");
  assert.match(terminal([file], { colour: true }), /\u001b\[31merror/);
});

test("sarif is what the schema of SARIF 2.1.0 asks for", () => {
  const validate = sarifSchema();
  for (const some of [all, [], [fine]]) {
    const log = JSON.parse(sarif(some, "1.2.3"));
    assert.ok(validate(log), JSON.stringify(validate.errors));
  }
  // The schema is not of the kind that takes everything.
  assert.ok(!validate({ version: "2.1.0", runs: [{ results: [] }] }));
});

test("sarif names each finding's rule, level and place", () => {
  const [run] = JSON.parse(sarif(all, "1.2.3")).runs;
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !run.tool.driver.rules.some((rule: { id: string }) => rule.id === id)),
    [],
  );
  for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  const places = run.results.map(
    ({ level, locations: [{ physicalLocation: at, logicalLocations }] }: SarifResult) =>
      [level, at?.artifactLocation.uri, at?.region?.startLine, logicalLocations[0]?.fullyQualifiedName] as const,
  );
  assert.deepEqual(places, [
    ["error", "deploy/a,b:%20c%231.json", 12, denied.pointer],
    ["note", undefined, undefined, "/a"],
    ["warning", "file:///srv/a%20b.json", 12, "/srv/a b.json"],
    ["note", "file:///srv/a%20b.json", 1, "/a"],
  ]);
});

interface SarifResult {
  readonly level: string;
  readonly locations: readonly [
    {
      readonly physicalLocation?: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: { readonly startLine: number };
      };
      readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
    },
  ];
}

/** The published schema, which is of JSON Schema's draft 4: Ajv wants a later draft's spelling of its id. */
function sarifSchema() {
  const path = join(import.meta.dirname, "../../../test/support/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema, id, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat("uri", (text) => URL.canParse(text));
  ajv.addFormat("uri-reference", (text) => URL.canParse(text, "https://example.com/"));
  ajv.addFormat("date-time", (text) => !Number.isNaN(Date.parse(text)));
  return ajv.compile({ ...schema, $id: id });
}
