import assert from "node:assert/strict";
import {
  CreateActivationCommand,
  DescribeActivationsCommand,
  type DescribeActivationsCommandInput,
  paginateDescribeActivations,
} from "@aws-sdk/client-ssm";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

/** Makes an activation for each of these names, in the same moment. */
async function make({ client }: Setting, ...names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const DefaultInstanceName of names) {
    const made = await client.send(
      new CreateActivationCommand({ IamRole: `${DefaultInstanceName}/trusting`, DefaultInstanceName }),
    );
    ids.push(made.ActivationId!);
  }
  return ids;
}

async function names({ client }: Setting, input: DescribeActivationsCommandInput = {}) {
  const { ActivationList } = await client.send(new DescribeActivationsCommand(input));
  return ActivationList?.map(({ DefaultInstanceName }) => DefaultInstanceName).sort();
}

testParameters("DescribeActivations filters by id, name and role", async (setting) => {
  const [, second = ""] = await make(setting, "a", "b", "c");
  const filter = (FilterKey: "ActivationIds" | "DefaultInstanceName" | "IamRole", ...FilterValues: string[]) =>
    names(setting, { Filters: [{ FilterKey, FilterValues }] });
  assert.deepEqual(await filter("ActivationIds", second, "none"), ["b"]);
  assert.deepEqual(await filter("DefaultInstanceName", "a", "c"), ["a", "c"]);
  assert.deepEqual(await filter("IamRole", "c/trusting"), ["c"]);
  assert.deepEqual(await filter("IamRole", "trusting"), []);
  const both = { FilterKey: "DefaultInstanceName", FilterValues: ["a"] } as const;
  assert.deepEqual(
    await names(setting, {
      Filters: [
        { ...both, FilterValues: ["a"] },
        { FilterKey: "ActivationIds", FilterValues: [second] },
      ],
    }),
    [],
  );
});

testParameters(
  "DescribeActivations lists in pages, each activation once, its account's and region's",
  async (setting) => {
    const ids = await make(setting, "a", "b");
    setting.clock.advance(1000);
    ids.push(...(await make(setting, "c")));
    const found: (string | undefined)[] = [];
    for await (const { ActivationList = [] } of paginateDescribeActivations(
      { client: setting.client, pageSize: 1 },
      {},
    )) {
      assert.ok(ActivationList.length <= 1);
      found.push(...ActivationList.map(({ ActivationId }) => ActivationId));
    }
    assert.deepEqual([...found].sort(), [...ids].sort());
    assert.equal(found[2], ids[2]);
    assert.deepEqual(await names({ ...setting, client: setting.clientIn("eu-west-1") }), []);
  },
);

testParameters("DescribeActivations says what has expired", async (setting) => {
  await make(setting, "a");
  setting.clock.advance(24 * 60 * 60 * 1000);
  const { ActivationList } = await setting.client.send(new DescribeActivationsCommand({}));
  assert.equal(ActivationList?.[0]?.Expired, true);
});

testParameters("DescribeActivations refuses filters and tokens that mean nothing", async ({ client, asked }) => {
  const send = (input: object) => client.send(new DescribeActivationsCommand(input));
  const name = { FilterKey: "DefaultInstanceName", FilterValues: ["a"] };
  await assertRefused(
    send({ Filters: [{ FilterKey: "Owner", FilterValues: ["a"] }] }),
    "ValidationException",
    /filterKey/,
  );
  await assertRefused(send({ Filters: [{ FilterValues: ["a"] }] }), "InvalidFilter");
  await assertRefused(send({ Filters: [{ FilterKey: "IamRole" }] }), "InvalidFilter");
  await assertRefused(send({ Filters: [name, name] }), "InvalidFilter");
  await assertRefused(send({ NextToken: "x" }), "InvalidNextToken");
  await assertRefused(send({ MaxResults: 51 }), "ValidationException", /less than or equal to 50/);
  assert.deepEqual(asked[0], { action: "ssm:DescribeActivations", resource: "*" });
});
