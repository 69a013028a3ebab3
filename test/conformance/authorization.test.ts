import assert from "node:assert/strict";
import { test } from "node:test";
import type { Access } from "../../src/model/call.ts";
import { callsOfAll } from "./authorization/calls.ts";
import { exceptions } from "./authorization/exceptions.ts";
import { makeResources } from "./authorization/fixture.ts";
import { openPlane } from "./authorization/plane.ts";
import { deviations } from "./authorization/reference.ts";

test("every operation asks for what AWS's service authorization reference says", async () => {
  await using plane = await openPlane();
  const made = await makeResources(plane);
  const found: string[] = [];
  for (const { service, name, inputs, caller } of callsOfAll(plane, made)) {
    const operation = `${service}:${name}`;
    const asked: Access[] = [];
    const isMissing = typeof inputs === "string";
    if (isMissing) found.push(`${operation} has no input: nothing is known for its member ${inputs}`);
    for (const input of isMissing ? [] : inputs) {
      await plane.accesses(service, name, input, caller).then(
        (accesses) => asked.push(...accesses),
        (error) => found.push(`${operation} has no right input: ${error}`),
      );
    }
    const isAuthenticatedOnly = plane.bound(service, name).operation.access === "authenticated";
    found.push(...(await deviations(operation, isAuthenticatedOnly ? "authenticated" : asked, isOperation)));
  }
  const patterns = Object.keys(exceptions).map((exception) => ({ exception, pattern: patternOf(exception) }));
  const unexplained = found.filter((one) => !patterns.some(({ pattern }) => pattern.test(one)));
  assert.deepEqual(unexplained, [], "These deviations are not among the exceptions");
  const stale = patterns.filter(({ pattern }) => !found.some((one) => pattern.test(one)));
  assert.deepEqual(
    stale.map(({ exception }) => exception),
    [],
    "These exceptions no longer apply",
  );

  function isOperation(action: string): boolean {
    const [service = "", name = ""] = action.split(":");
    return plane.services.some(({ signingName }) => signingName === service) && plane.names(service).includes(name);
  }
});

function patternOf(exception: string): RegExp {
  return new RegExp(`^${exception.split("*").map(RegExp.escape).join(".*")}$`);
}
