import assert from "node:assert/strict";
import { test } from "node:test";
import { findPlaintextSecrets } from "../../plaintext-secrets/index.ts";
import { hardened, masked } from "./document.ts";
import { movesOf } from "./moves.ts";

const text = `{
    "family": "web",
    "containerDefinitions": [
        {
            "name": "web", "memory": 64,
            "environment": [ { "name": "DB_PASSWORD", "value": "hunter2" },
                { "value": "info", "name": "LOG_LEVEL" },
                { "name": "API_KEY", "value": "abcdefgh" }
            ],
            "secrets": [{ "name": "OTHER", "valueFrom": "/other" }],
            "logConfiguration": { "logDriver": "splunk", "options": { "splunk-token": "hunter3", "splunk-url": "https://x" } }
        },
        { "name": "worker", "command": ["w", "--password", "hunter4"],
          "environment": [{ "name": "DB_PASSWORD", "value": "hunter2" }, { "name": "API_KEY", "value": "another" }] }
    ]
}
`;

test("hardened moves values and leaves the rest of the file as it was written", async () => {
  const definition = JSON.parse(text);
  const { moves, others, unused } = movesOf(definition, await findPlaintextSecrets(definition));
  assert.deepEqual(
    moves.map(({ container, kind, name, value, entry }) => [container, kind, name, value, entry]),
    [
      [0, "environment", "DB_PASSWORD", "hunter2", "DB_PASSWORD"],
      [0, "environment", "API_KEY", "abcdefgh", "API_KEY"],
      [0, "log option", "splunk-token", "hunter3", "splunk-token"],
      [1, "environment", "DB_PASSWORD", "hunter2", "DB_PASSWORD"],
      [1, "environment", "API_KEY", "another", "worker.API_KEY"],
    ],
  );
  assert.deepEqual(
    others.map(({ pointer }) => pointer),
    ["/containerDefinitions/1/command/2"],
  );
  const written = hardened(text, [], { moves, unused }, ({ entry }) => `arn:${entry}`);
  const [web, worker] = definition.containerDefinitions;
  assert.deepEqual(JSON.parse(written), {
    family: "web",
    containerDefinitions: [
      {
        ...web,
        environment: [{ value: "info", name: "LOG_LEVEL" }],
        secrets: [
          { name: "OTHER", valueFrom: "/other" },
          { name: "DB_PASSWORD", valueFrom: "arn:DB_PASSWORD" },
          { name: "API_KEY", valueFrom: "arn:API_KEY" },
        ],
        logConfiguration: {
          logDriver: "splunk",
          options: { "splunk-url": "https://x" },
          secretOptions: [{ name: "splunk-token", valueFrom: "arn:splunk-token" }],
        },
      },
      {
        ...worker,
        environment: [],
        secrets: [
          { name: "DB_PASSWORD", valueFrom: "arn:DB_PASSWORD" },
          { name: "API_KEY", valueFrom: "arn:worker.API_KEY" },
        ],
      },
    ],
  });
  assert(written.includes('"name": "web", "memory": 64,'), "The file's own layout stays");
  assert(written.includes('"command": ["w", "--password", "hunter4"],'), written);
});

test("A secret has its name alone: what a later variable of the name replaces goes, and one that is a secret already stays", async () => {
  const definition = {
    containerDefinitions: [
      {
        name: "web",
        environment: [
          { name: "DB_PASSWORD", value: "first" },
          { name: "API_KEY", value: "replaced" },
          { name: "PLAIN", value: "1" },
          { name: "DB_PASSWORD", value: "second" },
          { name: "API_KEY", value: "" },
          { name: "TOKEN", value: "twice" },
        ],
        secrets: [{ name: "TOKEN", valueFrom: "/token" }],
        logConfiguration: {
          logDriver: "splunk" as const,
          options: { "splunk-token": "hunter3" },
          secretOptions: [{ name: "splunk-token", valueFrom: "/splunk" }],
        },
      },
    ],
  };
  const { moves, others, unused } = movesOf(definition, await findPlaintextSecrets(definition));
  assert.deepEqual(
    others.map(({ name }) => name),
    ["TOKEN", "splunk-token"],
  );
  const written = hardened(JSON.stringify(definition), [], { moves, unused }, ({ value }) => `/of/${value}`);
  const [web] = JSON.parse(written).containerDefinitions;
  assert.deepEqual(web.environment, [
    { name: "PLAIN", value: "1" },
    { name: "API_KEY", value: "" },
    { name: "TOKEN", value: "twice" },
  ]);
  assert.deepEqual(web.secrets, [
    { name: "TOKEN", valueFrom: "/token" },
    { name: "DB_PASSWORD", valueFrom: "/of/second" },
  ]);
});

test("masked hides values wherever they are, also in DescribeTaskDefinition's answer", () => {
  const described = `{"taskDefinition": ${text}}`;
  const pointers = ["/containerDefinitions/0/environment/0/value", "/containerDefinitions/1/command/2"];
  const shown = masked(described, ["taskDefinition"], pointers);
  const { containerDefinitions } = JSON.parse(shown).taskDefinition;
  assert.deepEqual(
    [containerDefinitions[0].environment[0].value, containerDefinitions[1].command[2]],
    ["****", "****"],
  );
});

test("An option whose name has slashes is found by its pointer", () => {
  const labelled = '{"containerDefinitions":[{"dockerLabels":{"a/b~c":"hunter2","0":"x"}}]}';
  const shown = masked(
    labelled,
    [],
    ["/containerDefinitions/0/dockerLabels/a~1b~0c", "/containerDefinitions/0/dockerLabels/0"],
  );
  assert.equal(shown, '{"containerDefinitions":[{"dockerLabels":{"a/b~c":"****","0":"****"}}]}');
});
