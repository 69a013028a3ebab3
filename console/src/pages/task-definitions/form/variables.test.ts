import assert from "node:assert/strict";
import { test } from "node:test";
import { appended, changed, type Places, removed, type Variable, variablesOf } from "./variables.ts";

const environment: Places = { values: ["environment"], isMap: false, valuesFrom: ["secrets"] };
const options: Places = { values: ["log", "options"], isMap: true, valuesFrom: ["log", "secretOptions"] };

function at(document: string, places: Places, index: number): Variable {
  return variablesOf(JSON.parse(document), places)[index]!;
}

test("a variable changes between Value and ValueFrom, and nothing else does", () => {
  const document = JSON.stringify({
    environment: [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ],
    secrets: [],
    user: "0",
  });
  const next = changed(document, environment, at(document, environment, 0), { kind: "ValueFrom" });
  assert.deepEqual(JSON.parse(next), {
    environment: [{ name: "B", value: "2" }],
    secrets: [{ name: "A", valueFrom: "1" }],
    user: "0",
  });
  const back = changed(next, environment, at(next, environment, 1), { kind: "Value", value: "3" });
  assert.deepEqual(JSON.parse(back).environment, [
    { name: "B", value: "2" },
    { name: "A", value: "3" },
  ]);
});

test("a variable's name and value change in their place", () => {
  const document = JSON.stringify({
    environment: [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ],
  });
  const next = changed(document, environment, at(document, environment, 0), { name: "C" });
  assert.deepEqual(JSON.parse(next).environment, [
    { name: "C", value: "1" },
    { name: "B", value: "2" },
  ]);
  assert.deepEqual(JSON.parse(removed(next, environment, at(next, environment, 0))).environment, [
    { name: "B", value: "2" },
  ]);
  assert.deepEqual(JSON.parse(appended("{}", environment, { kind: "Value", name: "", value: "" })), {
    environment: [{ name: "", value: "" }],
  });
});

test("a log driver's options are a map, in which a name keeps its place and hides no other", () => {
  const document = JSON.stringify({
    log: { logDriver: "splunk", options: { "splunk-url": "u", "splunk-index": "i" } },
  });
  const renamed = changed(document, options, at(document, options, 0), { name: "splunk-source" });
  assert.deepEqual(Object.entries(JSON.parse(renamed).log.options), [
    ["splunk-source", "u"],
    ["splunk-index", "i"],
  ]);
  assert.equal(changed(document, options, at(document, options, 0), { name: "splunk-index" }), document);
  const secret = changed(document, options, at(document, options, 0), { kind: "ValueFrom", value: "arn" });
  assert.deepEqual(JSON.parse(secret).log, {
    logDriver: "splunk",
    options: { "splunk-index": "i" },
    secretOptions: [{ name: "splunk-url", valueFrom: "arn" }],
  });
});
