import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clients } from "../support/authorized-plane.ts";
import { openAuthorizedPlane } from "../support/authorized-plane.ts";
import type { Case } from "./condition-keys/case.ts";
import { caseTable } from "./condition-keys/cases.ts";
import { makeNamed } from "./condition-keys/resources.ts";

for (const one of caseTable) {
  const { key, action, operator, right, wrong } = one;
  test(`${key} of ${action}: a policy allows by ${operator} ${right}, and not by ${wrong}`, async () => {
    await using plane = await openAuthorizedPlane();
    const root = plane.clientsOf();
    const alice = await plane.user("alice", { team: "web" });
    await makeNamed(root);
    const clients = plane.clientsOf(alice);
    const named = { ID: alice.userId, KEY: (await root.kms.describeKey({ KeyId: "alias/app" })).KeyMetadata!.Arn! };
    // The wrong value first: what was allowed may have been done.
    for (const [value, effect] of [
      [wrong, "denied"],
      [right, "allowed"],
    ] as const) {
      const text = value.replace(/\b(ID|KEY)\b/, (name) => named[name as keyof typeof named]);
      await root.iam.putUserPolicy({
        ...{ UserName: "alice", PolicyName: "p" },
        PolicyDocument: policy(one, text),
      });
      assert.equal(await outcome(one, clients), effect, text);
    }
  });
}

test("no two tests of condition keys are the same", () => {
  const names = caseTable.map(({ key, action, operator, right }) => `${key} ${action} ${operator} ${right}`);
  assert.equal(new Set(names).size, names.length);
});

/** Allows everything except the action, which it allows under the condition. */
function policy({ key, action, operator }: Case, value: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", NotAction: action, Resource: "*" },
      { Effect: "Allow", Action: action, Resource: "*", Condition: { [operator]: { [key]: value } } },
    ],
  });
}

/** Errors other than a denial come after the decision. */
async function outcome({ action, call }: Case, clients: Clients): Promise<"allowed" | "denied"> {
  try {
    await call(clients);
    return "allowed";
  } catch (error) {
    const { name, message } = error as Error;
    if (!/^AccessDenied/.test(name)) return "allowed";
    // Secrets Manager does not pass KMS's message on.
    if (!action.startsWith("kms:")) assert.match(message, new RegExp(`not authorized to perform: ${action}`, "i"));
    return "denied";
  }
}
