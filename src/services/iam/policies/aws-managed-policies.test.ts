import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { parsePolicy } from "../../../policy/index.ts";
import { findAwsManaged, listAwsManaged } from "./aws-managed-policies.ts";

test("AWS's managed policies are well formed and in the partition asked for", () => {
  const policies = listAwsManaged("aws-cn");
  assert.ok(policies.length > 1500);
  for (const { arn, name } of policies) {
    assert.match(arn, new RegExp(`^arn:aws-cn:iam::aws:policy/([\\w.-]+/)*${name.replaceAll("+", "\\+")}$`));
    const found = findAwsManaged(arn);
    assert.equal(found?.policy.arn, arn);
    assert.ok(parsePolicy(found?.version.document, "identity").statements.length > 0, name);
  }
  assert.equal(findAwsManaged(`arn:aws:iam::${testAccount}:policy/AdministratorAccess`), undefined);
});

test("AWS's managed policies have their older versions, newest first", () => {
  let versions = 0;
  for (const { arn } of listAwsManaged("aws")) {
    const found = findAwsManaged(arn);
    assert.ok(found);
    const all = [found.version, ...found.older()];
    versions += all.length;
    const numbers = all.map(({ version }) => version);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((one, other) => other - one),
      arn,
    );
    const oldest = all.at(-1);
    assert.ok(oldest && oldest.createdAt <= found.version.createdAt, arn);
    assert.equal(typeof JSON.parse(oldest.document).Statement, "object", arn);
  }
  assert.ok(versions > 6000, `${versions}`);
});
