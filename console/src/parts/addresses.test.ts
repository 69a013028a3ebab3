import assert from "node:assert/strict";
import { test } from "node:test";
import { familyOf, nameOf, pageOf, to } from "./addresses.ts";

const arn = (rest: string) => `arn:aws:${rest}`;

const cases: readonly (readonly [arn: string, page: string | undefined])[] = [
  [arn("ecs:us-east-1:000000000000:cluster/default"), "/ecs/clusters/default"],
  [arn("ecs:us-east-1:000000000000:service/default/web"), "/ecs/clusters/default/services/web"],
  [arn("ecs:us-east-1:000000000000:task-definition/web:3"), "/ecs/task-definitions/web/3"],
  [arn("ssm:us-east-1:000000000000:parameter/plain"), "/systems-manager/parameters/plain"],
  [arn("ssm:us-east-1:000000000000:parameter/prod/web"), "/systems-manager/parameters/%2Fprod%2Fweb"],
  [arn("iam::000000000000:role/service/admin"), "/iam/roles/admin"],
  [arn("kms:us-east-1:000000000000:alias/my/key"), "/kms/keys/alias%2Fmy%2Fkey"],
  [arn("logs:us-east-1:000000000000:log-group:/ecs/web:*"), "/cloudwatch/log-groups/%2Fecs%2Fweb"],
  [arn("s3:::bucket"), undefined],
  ["no ARN", undefined],
];

for (const [given, page] of cases) {
  test(`pageOf leads from ${given} to ${page}`, () => assert.equal(pageOf(given), page));
}

test("addresses escape what would end a path, a query or a fragment", () => {
  assert.equal(to.secret("a/b?c#d<img>\u202e"), "/secretsmanager/secrets/a%2Fb%3Fc%23d%3Cimg%3E%E2%80%AE");
  assert.equal(nameOf("arn:aws:ecs:r:1:service/c/web"), "web");
  assert.deepEqual(familyOf("arn:aws:ecs:r:1:task-definition/web:3"), { family: "web", revision: "3" });
});
