import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "./differences.ts";

test("differences goes by the names of items, whatever their order", () => {
  const before = {
    cpu: "256",
    containerDefinitions: [
      {
        name: "web",
        image: "web:1",
        command: ["a", "b"],
        environment: [
          { name: "A", value: "1" },
          { name: "B", value: "2" },
        ],
      },
      { name: "old" },
    ],
  };
  const after = {
    memory: "512",
    containerDefinitions: [
      { name: "new" },
      {
        name: "web",
        image: "web:2",
        command: ["a"],
        environment: [
          { name: "B", value: "2" },
          { name: "A", value: "3" },
        ],
      },
    ],
  };
  assert.deepEqual(differences(before, after), [
    { member: "cpu", change: "removed", before: "256" },
    { member: "containerDefinitions.web.image", change: "changed", before: "web:1", after: "web:2" },
    { member: "containerDefinitions.web.command", change: "changed", before: ["a", "b"], after: ["a"] },
    { member: "containerDefinitions.web.environment.A.value", change: "changed", before: "1", after: "3" },
    { member: "containerDefinitions.old", change: "removed", before: { name: "old" } },
    { member: "containerDefinitions.new", change: "added", after: { name: "new" } },
    { member: "memory", change: "added", after: "512" },
  ]);
});

test("differences compares lists as a whole whose items cannot be told apart", () => {
  const ports = (...numbers: number[]) => numbers.map((containerPort) => ({ containerPort, protocol: "tcp" }));
  assert.deepEqual(differences(ports(80, 80), ports(80)), [
    { member: "", change: "changed", before: ports(80, 80), after: ports(80) },
  ]);
  assert.deepEqual(differences({ a: [], b: null }, { a: [], b: null }), []);
  assert.deepEqual(differences({ a: [] }, { a: [{ name: "x" }] }), [
    { member: "a.x", change: "added", after: { name: "x" } },
  ]);
});
