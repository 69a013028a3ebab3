import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ApiError } from "../../model/api-error.ts";
import type { Subject } from "../facts/subject.ts";
import { openWorld } from "../world.fixture.ts";
import { definitionCases } from "./definition-cases.fixture.ts";
import { rules } from "./index.ts";
import { labelCases } from "./label-cases.fixture.ts";
import { notReadable } from "./not-readable.ts";
import { referenceCases } from "./reference-cases.fixture.ts";

const cases = { ...definitionCases, ...labelCases, ...referenceCases };

const world = await openWorld();
after(() => world[Symbol.asyncDispose]());

for (const [name, { make, rules: expected, aws, mend, ...given }] of Object.entries(cases)) {
  test(`check of ${name}: ${expected || "nothing"}`, async () => {
    const { findings } = await world.check(make(world), given);
    const shown = JSON.stringify(findings, undefined, 1);
    assert.equal(findings.map(({ rule }) => rule).join(" "), expected, shown);
    if (aws)
      assert.ok(
        findings.some(({ aws: words = "" }) => aws.test(words)),
        shown,
      );
    if (mend) assert.ok(JSON.stringify(findings).replaceAll('\\"', '"').includes(mend(world)), shown);
    for (const { line } of findings) assert.ok(line !== undefined);
  });
}

test("not-readable tells an error that no other rule knows in its own words", () => {
  const error = new ApiError({ code: "InternalServiceError", status: 500 }, "An error occurred on the server side.");
  const outcome = { kind: "failed", error, reason: "Fetching secret data from AWS Secrets Manager" } as const;
  const subject = { secrets: [{ pointer: "/p", outcome }], registries: [] } as unknown as Subject;
  assert.deepEqual(
    [...notReadable.find(subject)],
    [{ pointer: "/p", message: "An error occurred on the server side.", aws: outcome.reason }],
  );
});

test("every rule has a case in which it finds something", () => {
  const found = new Set(Object.values(cases).flatMap((one) => one.rules.split(" ")));
  const without = rules.map(({ id }) => id).filter((id) => !found.has(id));
  // It has the test before this one.
  assert.deepEqual(without, ["not-readable"]);
});
