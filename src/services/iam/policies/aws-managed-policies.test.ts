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
