import assert from "node:assert/strict";
import {
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  LabelParameterVersionCommand,
  type ParameterStringFilter,
  PutParameterCommand,
  paginateGetParametersByPath,
} from "@aws-sdk/client-ssm";
import { assertRefused, copyParameter, type Setting, testParameters } from "../ssm.fixture.ts";

const names = ["/a", "/a/b", "/a/b/c", "/a/c", "/ab", "root", "/z/1"];

async function fill({ client }: Setting): Promise<void> {
  for (const Name of names) {
    await client.send(
      new PutParameterCommand({ Name, Type: Name === "/a/c" ? "SecureString" : "String", Value: Name }),
    );
  }
}

async function read({ client }: Setting, input: GetParametersByPathCommandInput): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, input)) {
    assert.ok(Parameters.length <= (input.MaxResults ?? 10));
    found.push(...Parameters.map(({ Name }) => Name));
  }
  return found;
}

const paths = [
  ["/a", false, ["/a/b", "/a/c"]],
  ["/a/", false, ["/a/b", "/a/c"]],
  ["/a", true, ["/a/b", "/a/b/c", "/a/c"]],
  ["/a/b", true, ["/a/b/c"]],
  ["/", false, ["/a", "/ab", "root"]],
  ["/", true, names],
  ["/none", true, []],
] as const;

testParameters("GetParametersByPath reads what is below a path, in pages", async (setting) => {
  await fill(setting);
  for (const [Path, Recursive, expected] of paths) {
    for (const MaxResults of [1, 2, 10, undefined]) {
      assert.deepEqual(await read(setting, { Path, Recursive, MaxResults }), expected, `${Path} ${MaxResults}`);
    }
  }
});

testParameters("GetParametersByPath pages over more parameters than it reads at once", async (setting) => {
  const { database, client } = setting;
  const all = Array.from({ length: 1200 }, (_, index) => `/many/${String(index).padStart(4, "0")}`);
  await client.send(new PutParameterCommand({ Name: all[0], Type: "String", Value: "v" }));
  await copyParameter(database, all.slice(1));
  await client.send(new PutParameterCommand({ Name: "/many/0600/deep", Type: "StringList", Value: "a,b" }));
  assert.deepEqual(await read(setting, { Path: "/many" }), all);
  const ParameterFilters = [{ Key: "Type", Values: ["StringList"] }];
  assert.deepEqual(await read(setting, { Path: "/many", Recursive: true, ParameterFilters }), ["/many/0600/deep"]);
});

testParameters("GetParametersByPath filters by type, key and label", async (setting) => {
  await fill(setting);
  const { client } = setting;
  await client.send(new PutParameterCommand({ Name: "/a/b", Value: "new", Overwrite: true }));
  await client.send(new LabelParameterVersionCommand({ Name: "/a/b", ParameterVersion: 1, Labels: ["prod"] }));
  await client.send(new LabelParameterVersionCommand({ Name: "/z/1", ParameterVersion: 1, Labels: ["prod"] }));
  const filters: readonly (readonly [ParameterStringFilter, readonly string[]])[] = [
    [{ Key: "Type", Values: ["SecureString"] }, ["/a/c"]],
    [{ Key: "Type", Option: "BeginsWith", Values: ["Str"] }, ["/a/b", "/a/b/c"]],
    [{ Key: "KeyId", Values: ["alias/aws/ssm"] }, ["/a/c"]],
    [{ Key: "Label", Values: ["prod"] }, ["/a/b"]],
    [{ Key: "Label", Values: ["test"] }, []],
  ];
  for (const [filter, expected] of filters) {
    const found = await read(setting, { Path: "/a", Recursive: true, ParameterFilters: [filter] });
    assert.deepEqual(found, expected, JSON.stringify(filter));
  }
  const ParameterFilters = [{ Key: "Label", Values: ["prod"] }];
  const { Parameters } = await client.send(new GetParametersByPathCommand({ Path: "/a", ParameterFilters }));
  assert.deepEqual([Parameters?.[0]?.Value, Parameters?.[0]?.Version], ["/a/b", 1]);
});

const refused: readonly (readonly [Partial<GetParametersByPathCommandInput>, string, RegExp])[] = [
  [{ Path: "a" }, "ValidationException", /^The parameter doesn't meet the parameter name requirements\./],
  [{ Path: "/a b" }, "ValidationException", /must use only letters/],
  [{ Path: "//" }, "ValidationException", /requirements/],
  [{ MaxResults: 11 }, "ValidationException", /less than or equal to 10/],
  [{ NextToken: "nonsense" }, "InvalidNextToken", /token isn't valid/],
  [{ NextToken: Buffer.from('["a\u0000b"]').toString("base64url") }, "InvalidNextToken", /token isn't valid/],
  [{ NextToken: Buffer.from("[1]").toString("base64url") }, "InvalidNextToken", /token isn't valid/],
  [
    { ParameterFilters: [{ Key: "Name", Values: ["a"] }] },
    "InvalidFilterKey",
    /^The following filter key is not valid: Name\. Valid filter keys include: \[Type, KeyId\]\.$/,
  ],
  [{ ParameterFilters: [{ Key: "tag:a", Values: ["a"] }] }, "InvalidFilterKey", /tag:a/],
  [{ ParameterFilters: [{ Key: "Label", Option: "BeginsWith", Values: ["a"] }] }, "InvalidFilterOption", /BeginsWith/],
];

testParameters("GetParametersByPath refuses what AWS refuses", async ({ client }) => {
  for (const [input, name, message] of refused) {
    const command = new GetParametersByPathCommand({ Path: "/a", ...input });
    await assertRefused(client.send(command), name, message).catch((cause) =>
      assert.fail(`${JSON.stringify(input)}: ${cause}`),
    );
  }
});

testParameters("GetParametersByPath asks for the path, which need not be there", async ({ client, asked, state }) => {
  state.deny = () => "no";
  for (const input of [{ Path: "/a/b/" }, { Path: "/", Recursive: true }]) {
    await assertRefused(client.send(new GetParametersByPathCommand(input)), "AccessDeniedException", "no");
  }
  const action = "ssm:GetParametersByPath";
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/";
  assert.deepEqual(asked, [
    { action, resource: `${arn}a/b`, conditions: {} },
    { action, resource: arn, conditions: { "ssm:Recursive": "true" } },
  ]);
});
