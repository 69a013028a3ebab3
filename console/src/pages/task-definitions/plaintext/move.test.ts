import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, movable, moved, plaintextAt, secretNameFor } from "./move.ts";

const document = {
  family: "web",
  containerDefinitions: [
    {
      name: "app",
      environment: [
        { name: "MODE", value: "live" },
        { name: "DB_PASSWORD", value: "hunter2" },
      ],
      secrets: [{ name: "OTHER", valueFrom: "other" }],
      command: ["app", "--password", "hunter2"],
      logConfiguration: { logDriver: "splunk", options: { "splunk/token": "hunter3", "splunk-url": "x" } },
    },
  ],
};
const text = JSON.stringify(document, null, 2);

test("moved puts a reference in the place of a variable", () => {
  const place = movable(document, { pointer: "/containerDefinitions/0/environment/1/value" });
  assert.ok(place);
  assert.equal(plaintextAt(document, place), "hunter2");
  const [container] = JSON.parse(moved(text, place, "arn:new")).containerDefinitions;
  assert.deepEqual(container.environment, [{ name: "MODE", value: "live" }]);
  assert.deepEqual(container.secrets, [
    { name: "OTHER", valueFrom: "other" },
    { name: "DB_PASSWORD", valueFrom: "arn:new" },
  ]);
  assert.deepEqual(container.command, document.containerDefinitions[0]?.command);
});

test("moved puts a reference in the place of a log driver's option", () => {
  const place = movable(document, { pointer: "/containerDefinitions/0/logConfiguration/options/splunk~1token" });
  assert.ok(place);
  assert.equal(plaintextAt(document, place), "hunter3");
  assert.deepEqual(JSON.parse(moved(text, place, "arn:new")).containerDefinitions[0].logConfiguration, {
    ...{ logDriver: "splunk", options: { "splunk-url": "x" } },
    secretOptions: [{ name: "splunk/token", valueFrom: "arn:new" }],
  });
});

test("movable knows what ECS fills from no store", () => {
  for (const pointer of ["/containerDefinitions/0/command/2", "/volumes/0/dockerVolumeConfiguration/driverOpts/o"]) {
    assert.equal(movable(document, { pointer }), undefined);
  }
});

test("secretNameFor makes a name that Secrets Manager takes", () => {
  assert.equal(secretNameFor("web", "app", "spring.datasource password"), "web/app/spring.datasource-password");
});

test("findingsOf reads the header, and its absence", () => {
  assert.deepEqual(findingsOf(null), { count: 0, findings: [] });
  assert.equal(findingsOf('{"count":2,"findings":[]}').count, 2);
});
