import assert from "node:assert/strict";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, type Setting, testParameters } from "./ssm.fixture.ts";

/** An operation with an input, and AWS's refusal of it. */
type Row = readonly [string, (client: Setting["client"]) => Promise<unknown>, readonly [string, string]];

const subPaths =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

const rows: readonly Row[] = [
  [
    "DescribeParameters by an unknown key",
    (client) => client.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: "key", Values: ["a"] }] })),
    [
      "ValidationException",
      "1 validation error detected: Value 'key' at 'parameterFilters.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType",
    ],
  ],
  [
    "GetParametersByPath of a path without its slash",
    (client) => client.send(new GetParametersByPathCommand({ Path: "a" })),
    [
      "ValidationException",
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    ],
  ],
  [
    "GetParameter below the root without a slash",
    (client) => client.send(new GetParameterCommand({ Name: "a/b/c" })),
    ["ValidationException", subPaths],
  ],
  [
    "GetParameter with two slashes",
    (client) => client.send(new GetParameterCommand({ Name: "/a//b//c" })),
    ["ValidationException", subPaths],
  ],
  [
    "PutParameter of what exists under the other name",
    async (client) => {
      const put = (Name: string) => client.send(new PutParameterCommand({ Name, Type: "String", Value: "v" }));
      await put("/one");
      await put("one");
    },
    [
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    ],
  ],
];

for (const [name, send, [error, message]] of rows) {
  testParameters(`${name} is refused as AWS does`, ({ client }) => assertRefused(send(client), error, message));
}

testParameters("GetParameter and GetParameters answer as AWS recorded them", async ({ client }) => {
  const Name = "/test/param";
  const put = await client.send(new PutParameterCommand({ Name, Description: "test", Value: "123", Type: "String" }));
  assert.deepEqual({ ...put, $metadata: undefined }, { Tier: "Standard", Version: 1, $metadata: undefined });
  const ARN = "arn:aws:ssm:us-east-1:111122223333:parameter/test/param";
  for (const asked of [Name, ARN]) {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: asked }));
    const { LastModifiedDate, ...shown } = Parameter ?? {};
    assert.ok(LastModifiedDate);
    assert.deepEqual(shown, { ARN, DataType: "text", Name, Type: "String", Value: "123", Version: 1 });
    const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: [asked] }));
    assert.deepEqual([Parameters, InvalidParameters], [[Parameter], []]);
  }
});
