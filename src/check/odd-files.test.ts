import assert from "node:assert/strict";
import { after, test } from "node:test";
import { databases } from "../../test/support/databases.ts";
import { testRegion as region } from "../../test/support/in-process.ts";
import { served } from "../../test/support/served.ts";
import { systemClock } from "../clock.ts";
import { checkDefinition, sdkAccount, sealiftCalls } from "./index.ts";

const world = await served(await databases()[0]!.open());
const calls = sealiftCalls({ endpoint: world.endpoint, region, credentials: world.root }, systemClock);
after(async () => {
  calls[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});
const account = await sdkAccount({ calls, isAws: false, values: false });

const password = '"environment":[{"name":"DB_PASSWORD","value":"hunter2"}]';
const container = `{"name":"web","image":"nginx","memory":64,\n${password}}`;
const definition = `{"family":"web",\n"containerDefinitions":[${container}]}`;
const described = `{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:us-east-1:111122223333:task-definition/web:1","revision":1,
"status":"ACTIVE","compatibilities":["EC2"],"registeredAt":1.7e9,${definition.slice(1)},"tags":[]}`;

/** What a file holds, and the findings: rule, line and what the message says. */
const files: Readonly<Record<string, readonly [text: string, ...found: (readonly [string, number, RegExp])[]]>> = {
  "a definition": [definition, ["plaintext-secret-name", 3, /DB_PASSWORD/]],
  "DescribeTaskDefinition's answer, or ecspresso's file": [described, ["plaintext-secret-name", 4, /DB_PASSWORD/]],
  "lines that end as on Windows, and a byte order mark": [
    `\uFEFF${definition.replaceAll("\n", "\r\n")}`,
    ["plaintext-secret-name", 3, /DB_PASSWORD/],
  ],
  "a member that stands there twice": [
    `{"family":"web",\n"family":"web",\n"containerDefinitions":[${container}]}`,
    ["member-repeated", 2, /"family"/],
    ["plaintext-secret-name", 4, /DB_PASSWORD/],
  ],
  "a comment": [`{\n  // the web\n  "family": "web"}`, ["definition-unreadable", 2, /JSON has no comments/]],
  "a comma too many": [`{"containerDefinitions":[\n],\n}`, ["definition-unreadable", 3, /a comma too many/]],
  "a template": [`{"family":\n{{ must_env "X" }}}`, ["definition-unreadable", 2, /is a template, render it first/]],
  YAML: ["family: hunter2\ncontainerDefinitions:\n", ["definition-unreadable", 1, /looks like YAML/]],
  nothing: ["", ["definition-unreadable", 1, /the file is empty/]],
  "half of it": [definition.slice(0, -2), ["definition-unreadable", 3, /ends too early/]],
  "bytes of a program": ["\u007fELF\u0002\u0001\u0001", ["definition-unreadable", 1, /is not expected here/]],
  "brackets without end": ["[".repeat(100_000), ["definition-unreadable", 1, /ends too early/]],
  "a text": ['"hunter2"', ["definition-unreadable", 1, /it is no object/]],
  null: ["null", ["definition-unreadable", 1, /it is no object/]],
  "containers alone, as Terraform has them": [`[${container}]`, ["definition-unreadable", 1, /it is a list/]],
  "CloudFormation's names": [
    '{"Family":"web","ContainerDefinitions":[]}',
    ["definition-unreadable", 1, /"ContainerDefinitions"/],
  ],
  "no containers": ['{"family":"web","containerDefinitions":[]}', ["definition-refused", 1, /cannot be registered/]],
  "a container that is null": [
    '{"family":"web","containerDefinitions":[null]}',
    ["definition-refused", 1, /cannot be registered/],
  ],
  "a number as a text, and a list that is none": [
    '{"family":"web","containerDefinitions":[{"name":"web","image":"nginx",\n"memory":"64",\n"secrets":"x"}]}',
    ["definition-refused", 2, /"memory" must be a number/],
    ["definition-refused", 3, /"secrets" must be a list/],
  ],
  "a misspelt member": [
    '{"family":"web","containerDefinitions":[{"name":"web","image":"nginx","memory":64,\n"enviroment":[]}]}',
    ["member-unknown", 2, /"environment" may be meant/],
  ],
  "5 MB of variables": [
    JSON.stringify({
      family: "web",
      containerDefinitions: [
        { name: "web", image: "nginx", memory: 64, environment: [{ name: "A", value: "x".repeat(5e6) }] },
      ],
    }),
    ["definition-too-large", 1, /64 KiB/],
  ],
};

for (const [name, [text, ...expected]] of Object.entries(files)) {
  test(`a file that holds ${name}`, async () => {
    const { findings } = await checkDefinition(
      { name: "a.json", text },
      { account, clock: systemClock, cluster: "default" },
    );
    assert.deepEqual(
      findings.map(({ rule, line }) => [rule, line]),
      expected.map(([rule, line]) => [rule, line]),
      JSON.stringify(findings),
    );
    for (const [index, [, , says]] of expected.entries()) assert.match(findings[index]?.message ?? "", says);
    assert(!JSON.stringify(findings).includes("hunter2"), "What a file holds is not shown");
  });
}
