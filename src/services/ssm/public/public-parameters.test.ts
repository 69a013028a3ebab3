import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
} from "@aws-sdk/client-ssm";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";
import { snapshot } from "./snapshot.ts";

const infrastructure = "/aws/service/global-infrastructure";
const images = "/aws/service/ecs/optimized-ami";

/** As AWS answered. */
const recorded: readonly (readonly [string, string])[] = [
  [`${infrastructure}/regions/us-west-1/longName`, "US West (N. California)"],
  [`${infrastructure}/regions/us-west-1/domain`, "amazonaws.com"],
  [`${infrastructure}/regions/us-gov-west-1/partition`, "aws-us-gov"],
  [`${infrastructure}/regions/us-west-1/availability-zones/usw1-az3`, "usw1-az3"],
  [`${infrastructure}/regions/us-west-1/services/ecs/endpoint`, "ecs.us-west-1.amazonaws.com"],
  [`${infrastructure}/services/ssm/longName`, "AWS Systems Manager"],
  [`${infrastructure}/services/iam/regions/eu-west-1/endpoint`, "iam.amazonaws.com"],
  [`${infrastructure}/services/ecs/regions/cn-north-1/endpoint`, "ecs.cn-north-1.amazonaws.com.cn"],
  [`${infrastructure}/current-region`, "us-east-1"],
  [`${infrastructure}/current-region/longName`, "US East (N. Virginia)"],
  [`${images}/amazon-linux-2/recommended/image_id`, "ami-06cc69030d77088a1"],
  [`${images}/amazon-linux-2/arm64/recommended/image_id`, "ami-0b095776fa6e6d732"],
  [`${images}/amazon-linux-2/gpu/recommended/image_id`, "ami-06a35af3c83f93d26"],
  [`${images}/amazon-linux-2023/recommended/image_id`, "ami-0aae19d30bab785d3"],
  ["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64", "ami-0d6fc8f787cd9a417"],
];

async function get({ client }: Pick<Setting, "client">, Name: string) {
  return (await client.send(new GetParameterCommand({ Name }))).Parameter;
}

testParameters("GetParameter reads AWS's public parameters", async (setting) => {
  for (const [name, value] of recorded) assert.equal((await get(setting, name))?.Value, value, name);
  const recommended = await get(setting, `${images}/amazon-linux-2023/recommended`);
  assert.deepEqual(JSON.parse(recommended?.Value ?? ""), {
    schema_version: 1,
    ecs_agent_version: "1.102.0",
    ecs_runtime_version: "Docker version 25.0.14",
    image_id: "ami-0aae19d30bab785d3",
    image_name: "al2023-ami-ecs-hvm-2023.0.20260226-kernel-6.1-x86_64",
    image_version: "2023.0.20260226",
    os: "Amazon Linux 2023",
    source_image_name: "al2023-ami-minimal-2023.10.20260216.1-kernel-6.1-x86_64",
  });
});

testParameters("A public parameter has the recorded version, time and the ARN of no account", async (setting) => {
  const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64";
  const shown = {
    ARN: `arn:aws:ssm:us-east-1::parameter${name}`,
    DataType: "text",
    LastModifiedDate: new Date(1777597142_000),
    Name: name,
    Type: "String",
    Value: "ami-0d6fc8f787cd9a417",
    Version: 133,
  };
  assert.deepEqual(await get(setting, name), shown);
  assert.deepEqual(await get(setting, shown.ARN), shown);
  assert.deepEqual(await get(setting, `${name}:133`), { ...shown, Selector: ":133" });
  await assertRefused(get(setting, `${name}:132`), "ParameterVersionNotFound");
  const { Parameters } = await setting.client.send(new GetParameterHistoryCommand({ Name: name }));
  assert.deepEqual(
    Parameters?.map(({ Version, Value }) => [Version, Value]),
    [[133, shown.Value]],
  );
});

testParameters("GetParameters reads public parameters beside own ones", async (setting) => {
  const { client } = setting;
  await client.send(new PutParameterCommand({ Name: "/own", Type: "String", Value: "v" }));
  const Names = ["/own", `${images}/amazon-linux-2/recommended/image_id`, "/aws/service/none"];
  const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names }));
  assert.deepEqual(
    Parameters?.map(({ Value }) => Value),
    ["ami-06cc69030d77088a1", "v"],
  );
  assert.deepEqual(InvalidParameters, ["/aws/service/none"]);
});

testParameters("GetParametersByPath lists public parameters in pages, each once", async ({ client }) => {
  const list = async (Path: string, Recursive: boolean) => {
    const names: string[] = [];
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path, Recursive })) {
      assert.ok(Parameters.length <= 10);
      names.push(...Parameters.map(({ Name = "" }) => Name));
    }
    return names;
  };
  const { regions } = await snapshot();
  assert.deepEqual(
    await list(`${infrastructure}/regions`, false),
    Object.keys(regions).map((region) => `${infrastructure}/regions/${region}`),
  );
  const west = `${infrastructure}/regions/us-west-1`;
  const texts = ["domain", "geolocationCountry", "geolocationRegion", "longName", "partition"];
  assert.deepEqual(
    await list(west, false),
    texts.map((name) => `${west}/${name}`),
  );
  assert.equal((await list("/aws/service/ami-amazon-linux-latest", true)).length, 45);
  assert.deepEqual(await list("/aws/service", false), []);
  const deep = await list(`${images}/amazon-linux-2`, true);
  assert.equal(new Set(deep).size, deep.length);
  assert.ok(deep.includes(`${images}/amazon-linux-2/kernel-5.10/arm64/recommended/image_id`));
  assert.deepEqual(await list("/", true), []);
});

testParameters("Images differ from region to region, and made-up ids are well-formed", async (setting) => {
  const name = "/aws/service/bottlerocket/aws-ecs-1/x86_64/latest/image_id";
  const ids = new Set<string>();
  for (const region of ["us-east-1", "eu-west-1", "mx-central-1"]) {
    for (const one of [name, `${images}/amazon-linux-2/recommended/image_id`]) {
      const value = (await get({ client: setting.clientIn(region) }, one))?.Value ?? "";
      assert.match(value, /^ami-[0-9a-f]{17}$/);
      ids.add(value);
    }
  }
  assert.equal(ids.size, 6);
});

testParameters("Policies are asked about a public parameter by the ARN of no account", async ({ client, asked }) => {
  await client.send(new GetParameterCommand({ Name: `${infrastructure}/regions/us-west-1` }));
  await client.send(new GetParametersByPathCommand({ Path: infrastructure }));
  const arn = `arn:aws:ssm:us-east-1::parameter${infrastructure}`;
  assert.deepEqual(
    asked.map(({ action, resource, resourceAccount }) => [action, resource, resourceAccount]),
    [
      ["ssm:GetParameter", `${arn}/regions/us-west-1`, undefined],
      ["ssm:GetParametersByPath", arn, undefined],
    ],
  );
});

testParameters("Nobody can change a public parameter, and DescribeParameters does not list any", async (setting) => {
  const { client } = setting;
  const Name = `${infrastructure}/regions/us-west-1`;
  await assertRefused(
    client.send(new PutParameterCommand({ Name, Type: "String", Value: "v", Overwrite: true })),
    "AccessDeniedException",
    /No access to reserved parameter name/,
  );
  await assertRefused(client.send(new DeleteParameterCommand({ Name })), "ParameterNotFound");
  assert.equal((await get(setting, Name))?.Value, "us-west-1");
  assert.deepEqual((await client.send(new DescribeParametersCommand({}))).Parameters, []);
});
