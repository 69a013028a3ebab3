import assert from "node:assert/strict";
import { test } from "node:test";
import type { Access } from "../../src/model/call.ts";
import { testCall } from "../support/in-process.ts";
import { exceptions } from "./authorization/exceptions.ts";
import { makeResources } from "./authorization/fixture.ts";
import { generatedInput } from "./authorization/generated-input.ts";
import { inputs } from "./authorization/inputs.ts";
import { likelyMembers } from "./authorization/likely-members.ts";
import { type Input, openPlane } from "./authorization/plane.ts";
import { deviations } from "./authorization/reference.ts";

test("every operation asks for what AWS's service authorization reference says", async () => {
  await using plane = await openPlane();
  const made = await makeResources(plane);
  const likely = likelyMembers(made);
  const given = inputs(made);
  const unused = new Set(Object.keys(given));
  const found: string[] = [];
  for (const { signingName: service } of plane.services) {
    for (const name of plane.names(service)) {
      const operation = `${service}:${name}`;
      unused.delete(operation);
      const asked: Access[] = [];
      for (const input of inputsOf(operation, generatedInput(plane.bound(service, name), likely[service] ?? []))) {
        await plane.accesses(service, name, input, callerOf(operation)).then(
          (accesses) => asked.push(...accesses),
          (error) => found.push(`${operation} has no right input: ${error}`),
        );
      }
      const isAuthenticatedOnly = plane.bound(service, name).operation.access === "authenticated";
      found.push(...(await deviations(operation, isAuthenticatedOnly ? "authenticated" : asked, isOperation)));
    }
  }
  assert.deepEqual([...unused], [], "These inputs are of no operation");
  const patterns = Object.keys(exceptions).map((exception) => ({ exception, pattern: patternOf(exception) }));
  const unexplained = found.filter((one) => !patterns.some(({ pattern }) => pattern.test(one)));
  assert.deepEqual(unexplained, [], "These deviations are not among the exceptions");
  const stale = patterns.filter(({ pattern }) => !found.some((one) => pattern.test(one)));
  assert.deepEqual(
    stale.map(({ exception }) => exception),
    [],
    "These exceptions are no more",
  );

  function isOperation(action: string): boolean {
    const [service = "", name = ""] = action.split(":");
    return plane.services.some(({ signingName }) => signingName === service) && plane.names(service).includes(name);
  }

  function inputsOf(operation: string, generated: Input | string): readonly Input[] {
    if (given[operation]) return given[operation];
    if (typeof generated !== "string") return [generated];
    found.push(`${operation} has no input: nothing is known for its member ${generated}`);
    return [];
  }

  /** Root may not assume roles, and has no password here. */
  function callerOf(operation: string) {
    const call = testCall(plane.clock);
    if (!/^sts:|^iam:ChangePassword$/.test(operation)) return call;
    return { ...call, principal: { ...call.principal, kind: "user" as const, userName: "app" } };
  }
});

function patternOf(exception: string): RegExp {
  return new RegExp(`^${exception.split("*").map(RegExp.escape).join(".*")}$`);
}
