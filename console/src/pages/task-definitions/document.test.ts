import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { added, asDocument, cleared, edited, otherMembers, valueAt } from "./document.ts";

const text = `{
  "family": "web",
  "containerDefinitions": [
    { "name": "a", "ulimits": [{ "name": "nofile", "softLimit": 1, "hardLimit": 2 }] }
  ],
  "volumes": []
}`;

test("edited changes one member and keeps everything else, also what no form shows", () => {
  const next = edited(text, ["containerDefinitions", 0, "image"], "nginx");
  assert.deepEqual(JSON.parse(next), {
    ...JSON.parse(text),
    containerDefinitions: [{ ...JSON.parse(text).containerDefinitions[0], image: "nginx" }],
  });
  assert.equal(edited(edited(text, ["cpu"], "256"), ["cpu"], undefined), text);
});

test("edited and added make what is not there yet, and take list items away", () => {
  const secret = { name: "A", valueFrom: "arn" };
  const once = added(text, ["containerDefinitions", 0, "secrets"], secret);
  const twice = added(once, ["containerDefinitions", 0, "secrets"], { name: "B", valueFrom: "" });
  assert.deepEqual(valueAt(JSON.parse(twice), ["containerDefinitions", 0, "secrets"]), [
    secret,
    { name: "B", valueFrom: "" },
  ]);
  const less = edited(twice, ["containerDefinitions", 0, "secrets", 0], undefined);
  assert.deepEqual(valueAt(JSON.parse(less), ["containerDefinitions", 0, "secrets"]), [{ name: "B", valueFrom: "" }]);
  assert.deepEqual(JSON.parse(edited("{}", ["logConfiguration", "options", "a.b"], "c")), {
    logConfiguration: { options: { "a.b": "c" } },
  });
});

test("edited never loses a member of any document", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), (document, name, value) => {
      fc.pre(name !== "__proto__" && !Object.hasOwn(document, "__proto__") && value !== undefined);
      const before = JSON.parse(JSON.stringify(document));
      const after = JSON.parse(edited(JSON.stringify(document, null, 2), [name], value));
      assert.deepEqual(after, { ...before, [name]: JSON.parse(JSON.stringify(value)) });
    }),
  );
});

test("asDocument leaves out what only an answer has", () => {
  const definition = {
    family: "web",
    revision: 3,
    status: "ACTIVE",
    volumes: [],
    registeredAt: 1,
    compatibilities: ["EC2"],
  };
  assert.deepEqual(JSON.parse(asDocument(definition, [])), { family: "web", volumes: [] });
  assert.deepEqual(JSON.parse(asDocument({ family: "a" }, [{ key: "k", value: "v" }])), {
    family: "a",
    tags: [{ key: "k", value: "v" }],
  });
});

test("edited puts a member also where null stands for what is not there", () => {
  const document = '{"containerDefinitions":[null,{"logConfiguration":null}]}';
  assert.deepEqual(JSON.parse(edited(document, ["containerDefinitions", 0, "name"], "a")).containerDefinitions[0], {
    name: "a",
  });
  const path = ["containerDefinitions", 1, "logConfiguration", "options", "tag"];
  assert.deepEqual(valueAt(JSON.parse(edited(document, path, "x")), path), "x");
  assert.equal(edited(document, path, undefined), document);
});

test("cleared leaves no empty object around what it takes away, and keeps lists and what else stands there", () => {
  const container = (member: object) => JSON.stringify({ containerDefinitions: [member] });
  const at = ["containerDefinitions", 0];
  assert.equal(
    JSON.stringify(
      JSON.parse(
        cleared(container({ name: "a", repositoryCredentials: { credentialsParameter: "b" } }), [
          ...at,
          "repositoryCredentials",
          "credentialsParameter",
        ]),
      ),
    ),
    container({ name: "a" }),
  );
  assert.equal(
    JSON.stringify(
      JSON.parse(
        cleared(container({ logConfiguration: { logDriver: "x", options: {} } }), [
          ...at,
          "logConfiguration",
          "logDriver",
        ]),
      ),
    ),
    container({ logConfiguration: { options: {} } }),
  );
  assert.equal(JSON.stringify(JSON.parse(cleared(container({ name: "a" }), [...at, "name"]))), container({}));
});

test("otherMembers lists what a form does not show", () => {
  assert.deepEqual(otherMembers({ name: 1, ulimits: 2 }, new Set(["name"])), ["ulimits"]);
});
