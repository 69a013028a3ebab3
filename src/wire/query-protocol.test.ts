import assert from "node:assert/strict";
import { test } from "node:test";
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { checkRoundTrip, commandsOf, throughClient } from "../../test/support/round-trip.ts";
import { queryInputs, queryOutputs } from "../../test/support/schema-values.ts";
import { ApiError } from "../model/api-error.ts";
import { queryProtocol } from "./query-protocol.ts";

const packages = [
  ["IAM", iam.IAMClient, iam, queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/", "2010-05-08")],
  ["STS", sts.STSClient, sts, queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15")],
] as const;

for (const [name, Client, exported, protocol] of packages) {
  test(`Query reads what ${name}'s client writes and is read by it, for every operation`, async () => {
    const commands = commandsOf(exported);
    assert.ok(commands.length > 9, `found ${commands.length} commands`);
    for (const [operation, Command] of commands) {
      try {
        await checkRoundTrip(Client, Command, protocol, { inputs: queryInputs, outputs: queryOutputs, runs: 4 });
      } catch (cause) {
        throw new Error(operation, { cause });
      }
    }
  });
}

const protocol = packages[0][3];

test("Query errors become the SDK's own error classes, with AWS's code and status", async () => {
  const error = new ApiError(iam.NoSuchEntityException$, "The role <a> & 'b' cannot be found.\r\n é");
  const { status, body } = protocol.encodeError(error, "r");
  assert.equal(status, 404);
  assert.match(body, /<Type>Sender<\/Type><Code>NoSuchEntity<\/Code>/);
  await assert.rejects(
    throughClient(iam.IAMClient, iam.GetRoleCommand, { RoleName: "a" }, async () => ({ status, body })),
    (thrown: Error) => thrown instanceof iam.NoSuchEntityException && thrown.message === error.message,
  );
  const ours = protocol.encodeError(new ApiError({ code: "InternalFailure", status: 500 }, "\u0000\ud800"), "r");
  assert.match(ours.body, /<Type>Receiver<\/Type><Code>InternalFailure<\/Code><Message>\ufffd\ufffd<\/Message>/);
});

test("Query tells a missing action, one that Sealift lacks and one that AWS lacks apart", () => {
  const told = [
    protocol.unknownOperation(undefined, false),
    protocol.unknownOperation("CreateGroup", true),
    protocol.unknownOperation("Nonsense", false),
  ].map(({ queryCode, queryStatus, message }) => [queryCode, queryStatus, message]);
  assert.deepEqual(told, [
    ["MissingAction", 400, "Missing Action"],
    ["InvalidAction", 400, "The operation CreateGroup is not implemented by Sealift"],
    ["InvalidAction", 400, "Could not find operation Nonsense for version 2010-05-08"],
  ]);
});

test("Query reads the form from the body, or from the target where there is no body", () => {
  const form = "Action=GetRole&Version=2010-05-08";
  const other = "Action=GetUser";
  const name = (method: string, query: string, body: string) =>
    protocol.operationName({ method, query, body: Buffer.from(body), path: "/", headers: {}, remoteAddress: "" });
  assert.equal(name("POST", "", form), "GetRole");
  assert.equal(name("POST", other, form), "GetRole");
  assert.equal(name("POST", form, ""), "GetRole");
  assert.equal(name("GET", form, other), "GetRole");
  assert.equal(name("POST", "", ""), undefined);
});

test("Query refuses a form of too many parameters once, and names no operation of it", () => {
  const body = Buffer.from(`Action=GetRole&${"a&".repeat(20_000)}`);
  const request = { method: "POST", query: "", body, path: "/", headers: {}, remoteAddress: "" };
  assert.throws(() => protocol.operationName(request), { queryCode: "MalformedInput" });
  assert.equal(protocol.operationName(request), undefined);
});
