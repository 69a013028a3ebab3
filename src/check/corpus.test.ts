import assert from "node:assert/strict";
import { after, test } from "node:test";
import { corpus, account as corpusAccount } from "../../test/definitions/play/corpus.ts";
import { prepare } from "../../test/definitions/play/prepare.ts";
import { createRole } from "../../test/support/clients.ts";
import { databases } from "../../test/support/databases.ts";
import { testRegion as region, testAccount } from "../../test/support/in-process.ts";
import { keepTime, served } from "../../test/support/served.ts";
import { systemClock } from "../clock.ts";
import type { Definition } from "./facts/subject.ts";
import { checkDefinition, sdkAccount, sealiftCalls } from "./index.ts";
import { leastPolicy } from "./least-policy/index.ts";

const definitions = corpus().map(
  (one) => JSON.parse(JSON.stringify(one).replaceAll(corpusAccount, testAccount)) as typeof one,
);
const world = await served(await databases()[0]!.open());
keepTime(world.clock);
const calls = sealiftCalls({ endpoint: world.endpoint, region, credentials: world.root }, systemClock);
after(() => calls[Symbol.dispose]());
after(() => world[Symbol.asyncDispose]());
const clients = world.as();
await prepare(clients, definitions);

async function check(definition: Definition, isAws: boolean) {
  const account = await sdkAccount({ calls, isAws, values: true });
  const text = JSON.stringify(definition);
  return checkDefinition({ name: "a.json", text }, { account, clock: systemClock, cluster: "default" });
}

for (const definition of definitions) {
  const { family } = definition;

  test(`${family} is fine where all that it names is there`, async () => {
    const { findings, prediction } = await check(definition, false);
    assert.deepEqual(
      findings.filter(({ severity, rule }) => severity === "error" || rule.startsWith("plaintext")),
      [],
    );
    assert.equal(prediction, undefined);
  });

  test(`${family} passes the check with the policy that is made for it, as it is written`, async () => {
    const seen = await sdkAccount({ calls, isAws: true, values: false });
    const { executionPolicy, resourcePolicies } = await leastPolicy(definition, { account: seen, clock: systemClock });
    assert.deepEqual(resourcePolicies, []);
    const RoleName = `least-${family}`;
    const executionRoleArn = await createRole(clients, RoleName, []);
    if (executionPolicy.Statement.length > 0) {
      const PolicyDocument = JSON.stringify(executionPolicy);
      await clients.iam.putRolePolicy({ RoleName, PolicyName: "least", PolicyDocument });
    }
    const { findings } = await check({ ...definition, executionRoleArn }, true);
    assert.deepEqual(
      findings.filter(({ rule }) => rule.endsWith("-denied")),
      [],
    );
    const bare = await createRole(clients, `bare-${family}`, []);
    const without = await check({ ...definition, executionRoleArn: bare }, true);
    const isDenied = without.findings.some(({ rule }) => rule.endsWith("-denied"));
    assert.equal(isDenied, executionPolicy.Statement.length > 0, JSON.stringify(without.findings));
  });
}
