import assert from "node:assert/strict";
import { test } from "node:test";
import * as ecs from "@aws-sdk/client-ecs";
import * as kms from "@aws-sdk/client-kms";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as ssm from "@aws-sdk/client-ssm";
import { checkRoundTrip, commandsOf, throughClient } from "../../test/support/round-trip.ts";
import { jsonValues } from "../../test/support/schema-values.ts";
import { ApiError } from "../model/api-error.ts";
import { jsonProtocol } from "./json-protocol.ts";
import type { Protocol } from "./protocol.ts";

const protocol = jsonProtocol();
const packages = [
  ["SSM", ssm.SSMClient, ssm],
  ["Secrets Manager", secretsManager.SecretsManagerClient, secretsManager],
  ["KMS", kms.KMSClient, kms],
  ["ECS", ecs.ECSClient, ecs],
] as const;

for (const [name, Client, exported] of packages) {
  test(`JSON reads what ${name}'s client writes and is read by it, for every operation`, async () => {
    const commands = commandsOf(exported);
    assert.ok(commands.length > 20, `found ${commands.length} commands`);
    for (const [operation, Command] of commands) {
      try {
        await checkRoundTrip(Client, Command, protocol, { inputs: jsonValues, outputs: jsonValues, runs: 4 });
      } catch (cause) {
        throw new Error(operation, { cause });
      }
    }
  });
}

test("JSON errors become the SDK's own error classes, with their members", async () => {
  const error = new ApiError(ssm.ParameterNotFound$, 'Parameter "a" not found <&> é\u0000');
  const { status, body } = protocol.encodeError(error, "r");
  assert.equal(status, 400);
  await assert.rejects(
    throughClient(ssm.SSMClient, ssm.GetParameterCommand, { Name: "a" }, async () => ({ status, body })),
    (thrown: Error) => thrown instanceof ssm.ParameterNotFound && thrown.message === error.message,
  );
  const withMembers = new ApiError({ code: "Some", status: 418 }, "text", { Reason: "why" });
  assert.deepEqual(JSON.parse(protocol.encodeError(withMembers, "r").body), {
    __type: "Some",
    message: "text",
    Reason: "why",
  });
});

test("JSON errors have their text in the member of the service's model, and none without text", () => {
  const bodyOf = (protocol: Protocol, error: ApiError) => JSON.parse(protocol.encodeError(error, "r").body);
  const secrets = jsonProtocol("Message");
  const missing = new ApiError(secretsManager.ResourceNotFoundException$, "text");
  assert.deepEqual(bodyOf(secrets, missing), { __type: "ResourceNotFoundException", Message: "text" });
  const invalid = new ApiError({ code: "ValidationException", status: 400 }, "text");
  assert.deepEqual(bodyOf(secrets, invalid), { __type: "ValidationException", Message: "text" });
  assert.deepEqual(bodyOf(protocol, invalid), { __type: "ValidationException", message: "text" });
  for (const [schema, member] of [
    [ssm.TooManyUpdates$, "Message"],
    [ssm.ParameterNotFound$, "message"],
    [ssm.InvalidFilterKey$, "message"],
    [kms.NotFoundException$, "message"],
    [ecs.ClientException$, "message"],
  ] as const) {
    assert.deepEqual(bodyOf(protocol, new ApiError(schema, "text")), { __type: schema[2], [member]: "text" });
  }
  const denied = new ApiError(protocol.accessDenied, "text");
  assert.deepEqual(bodyOf(protocol, denied), { __type: "AccessDeniedException", Message: "text" });
  const silent = new ApiError(kms.InvalidCiphertextException$, "");
  assert.deepEqual(bodyOf(protocol, silent), { __type: "InvalidCiphertextException" });
});

test("JSON tells an operation that Sealift lacks from one that AWS lacks", () => {
  const lacking = protocol.unknownOperation("StartSession", true);
  assert.deepEqual(
    [lacking.shape, lacking.jsonStatus, lacking.message],
    ["UnknownOperationException", 400, "The operation StartSession is not implemented by Sealift"],
  );
  assert.equal(protocol.unknownOperation("Nonsense", false).message, "");
});

test("JSON takes an empty body for an empty input, and refuses one that is no JSON", async () => {
  const { schema } = new ssm.DescribeParametersCommand({}) as never as { schema: never };
  const request = (body: string) => ({ body: Buffer.from(body) }) as never;
  assert.deepEqual(await protocol.decode(schema, request("")), {});
  for (const body of ["{", "{}{}", "nonsense", "\u0000", '{"a":1', "\ufeff{}"]) {
    assert.throws(() => protocol.decode(schema, request(body)), { shape: "SerializationException", jsonStatus: 400 });
  }
});
