import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  PutResourcePolicyCommand,
  RemoveTagsFromResourceCommand,
  UnlabelParameterVersionCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/foo";

/** The name that a parameter is made with, and the other one that it has. */
const pairs = [
  ["foo", "/foo"],
  ["/foo", "foo"],
] as const;

/** A test for each of the two names that a parameter can be made with. */
function testBoth(name: string, run: (setting: Setting, made: string, other: string) => Promise<void>): void {
  testParameters(name, async (setting) => {
    for (const [made, other] of pairs) {
      await run(setting, made, other);
      await setting.client.send(new DeleteParametersCommand({ Names: ["foo"] }));
    }
  });
}

function put({ client }: Setting, Name: string, more: Partial<PutParameterCommandInput> = {}) {
  return client.send(new PutParameterCommand({ Name, Type: "String", Value: "v", ...more }));
}

testBoth("PutParameter takes foo and /foo for one parameter", async (setting, made, other) => {
  await put(setting, made);
  await assertRefused(put(setting, other), "ParameterAlreadyExists");
  assert.equal((await put(setting, other, { Overwrite: true, Value: "two" })).Version, 2);
  const { Parameters } = await setting.client.send(new DescribeParametersCommand({}));
  assert.deepEqual(
    Parameters?.map(({ Name, ARN, Version }) => [Name, ARN, Version]),
    [[made, arn, 2]],
  );
});

testBoth(
  "GetParameter shows a root parameter under the name asked for, by ARN under its own",
  async (setting, made) => {
    const { client } = setting;
    await put(setting, made);
    for (const [asked, shown] of [["foo"], ["/foo"], [arn, made], ["foo:1", "foo"], ["/foo:1", "/foo"]] as const) {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: asked }));
      assert.deepEqual([Parameter?.Name, Parameter?.ARN], [shown ?? asked, arn]);
    }
    const { Parameters, InvalidParameters } = await client.send(
      new GetParametersCommand({ Names: ["/foo", "foo", arn] }),
    );
    assert.deepEqual(Parameters?.map(({ Name }) => Name).sort(), ["/foo", "foo", made].sort());
    assert.deepEqual(InvalidParameters, []);
  },
);

testBoth("The history, labels and tags of a root parameter have both names", async (setting, made, other) => {
  const { client } = setting;
  await put(setting, made);
  for (const Name of [made, other]) {
    await client.send(new LabelParameterVersionCommand({ Name, Labels: [Name === made ? "one" : "two"] }));
    const tag = { Key: `${Name === made}`, Value: Name };
    await client.send(new AddTagsToResourceCommand({ ResourceType: "Parameter", ResourceId: Name, Tags: [tag] }));
  }
  for (const Name of [made, other]) {
    const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name }));
    assert.deepEqual(
      Parameters?.map((entry) => [entry.Name, entry.Labels]),
      [[made, ["one", "two"]]],
    );
    const labelled = await client.send(new GetParameterCommand({ Name: `${Name}:two` }));
    assert.equal(labelled.Parameter?.Version, 1);
    const tagged = { ResourceType: "Parameter", ResourceId: Name } as const;
    assert.equal((await client.send(new ListTagsForResourceCommand(tagged))).TagList?.length, 2);
  }
  const unlabel = { Name: other, ParameterVersion: 1, Labels: ["one"] };
  assert.deepEqual((await client.send(new UnlabelParameterVersionCommand(unlabel))).RemovedLabels, ["one"]);
  const untag = { ResourceId: other, TagKeys: ["true", "false"] };
  await client.send(new RemoveTagsFromResourceCommand({ ...untag, ResourceType: "Parameter" }));
  const { TagList } = await client.send(
    new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: made }),
  );
  assert.deepEqual(TagList, []);
});

testBoth("Searches find a root parameter under both names", async (setting, made, other) => {
  const { client } = setting;
  await put(setting, made);
  for (const Values of [[made], [other], [made, other]]) {
    for (const Option of ["Equals", "BeginsWith"]) {
      const ParameterFilters = [{ Key: "Name", Option, Values }];
      const { Parameters } = await client.send(new DescribeParametersCommand({ ParameterFilters }));
      assert.deepEqual(
        Parameters?.map(({ Name }) => Name),
        [made],
      );
    }
  }
  const { Parameters } = await client.send(new GetParametersByPathCommand({ Path: "/" }));
  assert.deepEqual(
    Parameters?.map(({ Name }) => Name),
    [made],
  );
});

testBoth("A root parameter's resource policy is found by its one ARN", async (setting, made) => {
  const { client } = setting;
  await put(setting, made, { Tier: "Advanced" });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "444455556666" }, Action: ["ssm:GetParameter"], Resource: [arn] }],
  });
  await client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy }));
  assert.equal((await client.send(new GetResourcePoliciesCommand({ ResourceArn: arn }))).Policies?.length, 1);
});

testBoth("Deleting a root parameter by either name deletes it", async (setting, made, other) => {
  const { client } = setting;
  await put(setting, made);
  await client.send(new DeleteParameterCommand({ Name: other }));
  await assertRefused(client.send(new GetParameterCommand({ Name: made })), "ParameterNotFound");
  await put(setting, made);
  const deleted = await client.send(new DeleteParametersCommand({ Names: [other, made] }));
  assert.deepEqual([deleted.DeletedParameters, deleted.InvalidParameters], [[other], [made]]);
});

testBoth("Policies are asked about a root parameter by its one ARN", async (setting, made, other) => {
  await put(setting, made);
  setting.asked.length = 0;
  await setting.client.send(new GetParameterCommand({ Name: other }));
  assert.deepEqual(
    setting.asked.map(({ resource }) => resource),
    [arn],
  );
});

testParameters("Below the root a name without its slash is refused", async (setting) => {
  const { client } = setting;
  await put(setting, "/a/b");
  await assertRefused(put(setting, "a/b"), "ValidationException", /fully qualified name/);
  for (const Name of ["a/b", "//a/b", "//foo"]) {
    await assertRefused(client.send(new GetParameterCommand({ Name })), "ValidationException", /sub-paths divided by/);
  }
});

testParameters("Of two requests that make foo and /foo at once, one makes it", async (setting) => {
  const made = await Promise.allSettled(["foo", "/foo", "foo", "/foo"].map((name) => put(setting, name)));
  assert.deepEqual(made.map(({ status }) => status).sort(), ["fulfilled", "rejected", "rejected", "rejected"]);
});
