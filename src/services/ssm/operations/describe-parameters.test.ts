import assert from "node:assert/strict";
import {
  DescribeParametersCommand,
  type DescribeParametersCommandInput,
  type ParameterStringFilter,
  PutParameterCommand,
  paginateDescribeParameters,
} from "@aws-sdk/client-ssm";
import { rooted } from "../parameters/name.ts";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

async function fill({ client }: Setting): Promise<void> {
  const string = { Type: "String", Value: "v" } as const;
  await client.send(new PutParameterCommand({ Name: "/a/b", ...string, Tags: [{ Key: "team", Value: "red" }] }));
  await client.send(new PutParameterCommand({ Name: "/a/b/c", ...string, Tags: [{ Key: "team", Value: "blue" }] }));
  await client.send(new PutParameterCommand({ Name: "/d", Type: "SecureString", Value: "v", KeyId: "alias/own" }));
  await client.send(new PutParameterCommand({ Name: "e", Type: "StringList", Value: "v", Tier: "Advanced" }));
  const image = { DataType: "aws:ec2:image", Value: "ami-01234567" };
  await client.send(new PutParameterCommand({ Name: "f", Type: "String", ...image, Description: "image" }));
}

async function names({ client }: Setting, input: DescribeParametersCommandInput): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { Parameters = [] } of paginateDescribeParameters({ client }, input)) {
    found.push(...Parameters.map(({ Name }) => Name));
  }
  return found;
}

testParameters("DescribeParameters shows all but the value", async (setting) => {
  await fill(setting);
  const { Parameters, NextToken } = await setting.client.send(new DescribeParametersCommand({ MaxResults: 50 }));
  assert.equal(NextToken, undefined);
  assert.deepEqual(
    { ...Parameters?.[4] },
    {
      Name: "f",
      ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/f",
      Type: "String",
      LastModifiedDate: setting.clock.now(),
      LastModifiedUser: "arn:aws:iam::111122223333:root",
      Description: "image",
      Version: 1,
      Tier: "Standard",
      Policies: [],
      DataType: "aws:ec2:image",
    },
  );
});

const filters: readonly (readonly [readonly ParameterStringFilter[], readonly string[]])[] = [
  [[], ["/a/b", "/a/b/c", "/d", "e", "f"]],
  [[{ Key: "Name", Values: ["/a/b", "e"] }], ["/a/b", "e"]],
  [[{ Key: "Name", Values: ["d", "/e"] }], ["/d", "e"]],
  [[{ Key: "Name", Values: ["b\u0000"] }], []],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["/a/b/", "f"] }], ["/a/b/c", "f"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["d", "e", "/f", "/d", "D"] }], ["/d", "e", "f"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["/"] }], ["/a/b", "/a/b/c", "/d", "e", "f"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["a/b/", "é", "\u0000", "%"] }], ["/a/b/c"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["é"] }], []],
  [
    [
      { Key: "Name", Option: "BeginsWith", Values: ["/a", "e"] },
      { Key: "Path", Option: "Recursive", Values: ["/a/b", "/x"] },
    ],
    ["/a/b/c"],
  ],
  [[{ Key: "Name", Option: "Contains", Values: ["/b"] }], ["/a/b", "/a/b/c"]],
  [[{ Key: "Type", Values: ["SecureString", "StringList"] }], ["/d", "e"]],
  [[{ Key: "KeyId", Values: ["alias/own"] }], ["/d"]],
  [[{ Key: "KeyId", Option: "BeginsWith", Values: ["alias/"] }], ["/d"]],
  [[{ Key: "Tier", Values: ["Advanced"] }], ["e"]],
  [[{ Key: "DataType", Values: ["aws:ec2:image"] }], ["f"]],
  [[{ Key: "Path", Values: ["/a"] }], ["/a/b"]],
  [[{ Key: "Path", Option: "Recursive", Values: ["/a"] }], ["/a/b", "/a/b/c"]],
  [[{ Key: "Path", Values: ["/"] }], ["/d", "e", "f"]],
  [[{ Key: "Path", Values: ["/a", "/a/b"] }], ["/a/b", "/a/b/c"]],
  [[{ Key: "tag:team", Values: ["blue"] }], ["/a/b/c"]],
  [[{ Key: "tag:team" }], ["/a/b", "/a/b/c"]],
  [[{ Key: "tag:none" }], []],
  [
    [
      { Key: "tag:team", Values: ["red", "blue"] },
      { Key: "Name", Option: "Contains", Values: ["c"] },
    ],
    ["/a/b/c"],
  ],
];

testParameters("DescribeParameters filters, in pages", async (setting) => {
  await fill(setting);
  for (const [ParameterFilters, expected] of filters) {
    for (const MaxResults of [1, 2, 50]) {
      const found = await names(setting, { ParameterFilters: [...ParameterFilters], MaxResults });
      assert.deepEqual(found, expected, JSON.stringify(ParameterFilters));
    }
  }
  assert.deepEqual(await names(setting, { Filters: [{ Key: "Name", Values: ["/a/b"] }] }), ["/a/b", "/a/b/c"]);
  assert.deepEqual(await names(setting, { Filters: [{ Key: "Type", Values: ["SecureString"] }] }), ["/d"]);
  assert.deepEqual(await names(setting, { Shared: true }), []);
});

testParameters("DescribeParameters reads of many parameters those of the page", async (setting) => {
  const { database, store } = setting;
  const { parameters } = store;
  const at = { account: "111122223333", region: "us-east-1" };
  const version = { version: 1, type: "String", tier: "Standard", data_type: "text", modified_at: 0, modified_by: "" };
  const none = { description: null, allowed_pattern: null, key_id: null, policies: null };
  const unset = { expires_at: null, notice_at: null, resource_policy: null, policy_id: null };
  const all = ["a", "/b/", "foo", "/foo/", "/g"].flatMap((start) =>
    Array.from({ length: 300 }, (_, index) => `${start}${String(index).padStart(3, "0")}`),
  );
  await database.db
    .insertInto("ssm_parameters")
    .values(all.map((name) => ({ ...at, ...unset, name: rooted(name), version: 1, tags: "[]" })))
    .execute();
  await database.db
    .insertInto("ssm_versions")
    .values(
      all.map((name) => ({ ...at, ...version, ...none, name: rooted(name), given_name: name, value: Buffer.of(1) })),
    )
    .execute();
  const { list } = parameters;
  let rows = 0;
  parameters.list = async (...range) => {
    const found = await list(...range);
    rows += found.length;
    return found;
  };
  const of = (...starts: string[]) =>
    all.filter((name) => starts.some((start) => name.startsWith(start))).sort(byRootedName);
  const cases: readonly (readonly [ParameterStringFilter, readonly string[]])[] = [
    [{ Key: "Name", Option: "BeginsWith", Values: ["foo"] }, of("/foo/", "foo")],
    [{ Key: "Name", Option: "BeginsWith", Values: ["/foo/29"] }, of("/foo/29")],
    [{ Key: "Name", Option: "BeginsWith", Values: ["g", "/b", "foo1"] }, of("/g", "/b", "foo1")],
    [{ Key: "Path", Values: ["/foo", "/b"] }, of("/foo", "/b")],
  ];
  for (const [filter, expected] of cases) {
    rows = 0;
    const first = await setting.client.send(
      new DescribeParametersCommand({ ParameterFilters: [filter], MaxResults: 7 }),
    );
    assert.deepEqual(
      first.Parameters!.map(({ Name }) => Name),
      expected.slice(0, 7),
    );
    assert.ok(rows <= 8, `${rows} rows for ${JSON.stringify(filter)}`);
    assert.deepEqual(await names(setting, { ParameterFilters: [filter], MaxResults: 50 }), expected);
  }
});

function byRootedName(one: string, other: string): number {
  return rooted(one) < rooted(other) ? -1 : 1;
}

const name: ParameterStringFilter = { Key: "Name", Values: ["a"] };

const refused: readonly (readonly [DescribeParametersCommandInput, string, RegExp])[] = [
  [
    { ParameterFilters: [name], Filters: [{ Key: "Name", Values: ["a"] }] },
    "ValidationException",
    /^You can use either Filters or ParameterFilters in a single request\.$/,
  ],
  [
    { ParameterFilters: [{ Key: "Label", Values: ["a"] }] },
    "InvalidFilterKey",
    /Label.*\[Path, Name, Type, KeyId, Tier\]/,
  ],
  [{ ParameterFilters: [{ Key: "Owner", Values: ["a"] }] }, "ValidationException", /parameterFilters\.1\.member\.key/],
  [
    { ParameterFilters: [{ Key: "Name" }] },
    "InvalidFilterValue",
    /^The following filter values are missing : null for/,
  ],
  [
    { ParameterFilters: [name, name] },
    "InvalidFilterKey",
    /^The following filter is duplicated in the request: Name\./,
  ],
  [{ ParameterFilters: [{ ...name, Option: "Recursive" }] }, "InvalidFilterOption", /not valid: Recursive/],
  [
    { ParameterFilters: [{ Key: "Path", Option: "Equals", Values: ["/a"] }] },
    "InvalidFilterOption",
    /\[Recursive, OneLevel\]/,
  ],
  [
    { ParameterFilters: [{ Key: "Path", Values: ["/AWS/a"] }] },
    "ValidationException",
    /^Filters for common parameters/,
  ],
  [{ ParameterFilters: [{ Key: "Path", Values: ["a"] }] }, "ValidationException", /name requirements/],
  [
    { ParameterFilters: [{ Key: "Type", Values: ["Text"] }] },
    "InvalidFilterOption",
    /value is not valid: Text\. Valid values include: \[String, StringList, SecureString\]\.$/,
  ],
  [
    { ParameterFilters: [{ Key: "Tier", Values: ["Premium"] }] },
    "InvalidFilterOption",
    /value is not valid: Premium\. Valid values include: \[Standard, Advanced, Intelligent-Tiering\]\.$/,
  ],
  [{ MaxResults: 51 }, "ValidationException", /less than or equal to 50/],
  [{ NextToken: "x" }, "InvalidNextToken", /token isn't valid/],
];

testParameters("DescribeParameters refuses what AWS refuses", async ({ client }) => {
  for (const [input, error, message] of refused) {
    await assertRefused(client.send(new DescribeParametersCommand(input)), error, message).catch((cause) =>
      assert.fail(`${JSON.stringify(input)}: ${cause}`),
    );
  }
});

testParameters("DescribeParameters asks for all of the account's region", async ({ client, asked }) => {
  await client.send(new DescribeParametersCommand({}));
  assert.deepEqual(asked, [{ action: "ssm:DescribeParameters", resource: "arn:aws:ssm:us-east-1:111122223333:*" }]);
});
