import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateAliasCommand, DeleteAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-kms";
import { testAccount } from "../../../../test/support/in-process.ts";
import { denied, openPolicies, role } from "../keys/policies.fixture.ts";

test("CreateAlias needs permission at the alias and at the key, UpdateAlias at both keys", async () => {
  await using opened = await openPolicies();
  const { kms, caller } = opened;
  const [first, second] = [await opened.create(), await opened.create()];
  const alias = `arn:aws:kms:us-east-1:${testAccount}:alias/app`;
  const grant = (...Resource: string[]) => ({ Effect: "Allow", Action: "kms:*Alias", Resource });
  const create = () => kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: first.id }));
  const update = () => kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: second.id }));
  const remove = () => kms.send(new DeleteAliasCommand({ AliasName: "alias/app" }));
  caller.principal = role;
  const steps: [string, string[], () => Promise<unknown>, string | undefined][] = [
    ["CreateAlias", [first.arn], create, alias],
    ["CreateAlias", [alias], create, first.arn],
    ["CreateAlias", [alias, first.arn], create, undefined],
    ["UpdateAlias", [alias, first.arn], update, second.arn],
    ["UpdateAlias", [alias, second.arn], update, first.arn],
    ["UpdateAlias", [alias, first.arn, second.arn], update, undefined],
    ["DeleteAlias", [alias, first.arn], remove, second.arn],
    ["DeleteAlias", [alias, second.arn], remove, undefined],
  ];
  for (const [operation, resources, run, refusedAt] of steps) {
    caller.identity = [grant(...resources)];
    if (refusedAt) await assert.rejects(run(), denied(role, `kms:${operation}`, refusedAt, "identity"));
    else await run();
  }
});
