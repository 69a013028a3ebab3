import assert from "node:assert/strict";
import { test } from "node:test";
import { iamArn, openSts, trusting } from "./sts.fixture.ts";

const roleArn = iamArn("role/r");
const tags = [{ Key: "Team", Value: "a" }];
const conflict =
  "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";

/** What AWS answered to AssumeRole: the input, and the refusal's code and message; none where it was taken. */
const recorded: readonly (readonly [object, string?, string?])[] = [
  [{ RoleArn: "nothing-that-is-a-role" }, "ValidationError", "nothing-that-is-a-role is invalid"],
  [{ RoleArn: "arn::b:::some/thing-of-it" }, "ValidationError", "arn::b:::some/thing-of-it is invalid"],
  [{ RoleArn: "arn:a::::some/thing-of-it" }, "ValidationError", "arn:a::::some/thing-of-it is invalid"],
  [{ RoleArn: "arn:a:::some/thing-of-it" }, "ValidationError", "arn:a:::some/thing-of-it is invalid"],
  [{ RoleArn: "arn:a:a::1234567890:" }, "ValidationError", "arn:a:a::1234567890: is invalid"],
  [
    { RoleSessionName: "one:two" },
    "ValidationError",
    "1 validation error detected: Value 'one:two' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  ],
  [
    { Tags: tags, TransitiveTagKeys: ["Other"] },
    "InvalidParameterValue",
    "The specified transitive tag key must be included in the requested tags.",
  ],
  [{ Tags: tags, TransitiveTagKeys: ["team"] }],
  [
    { Tags: [...tags, { Key: "team", Value: "b" }], TransitiveTagKeys: ["team"] },
    "InvalidParameterValue",
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  ],
];

test("AssumeRole answers as AWS recorded it", async () => {
  await using context = await openSts();
  await context.role("r", [trusting({ AWS: iamArn("root") }, ["sts:AssumeRole", "sts:TagSession"])]);
  const { sts } = await context.user("ann", { statements: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }] });
  for (const [input, name, message] of recorded) {
    const request = sts.assumeRole({ RoleArn: roleArn, RoleSessionName: "session", ...input });
    if (name === undefined) assert.ok((await request).Credentials, JSON.stringify(input));
    else await assert.rejects(request, { name, message }, JSON.stringify(input));
  }
  await assert.rejects(context.root.sts.assumeRole({ RoleArn: "nothing-that-is-a-role", RoleSessionName: "session" }), {
    name: "ValidationError",
    message: "nothing-that-is-a-role is invalid",
  });
});

test("a tag that passes on keeps the spelling of the tag, and is one in whatever case", async () => {
  await using context = await openSts();
  const { root } = context;
  await context.role("r", [trusting({ AWS: iamArn("root") }, ["sts:AssumeRole", "sts:TagSession"])]);
  await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  const ann = await context.user("ann", { statements: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }] });
  const { Credentials: first } = await ann.sts.assumeRole({
    RoleArn: roleArn,
    RoleSessionName: "first",
    Tags: tags,
    TransitiveTagKeys: ["tEAM", "Team"],
  });
  const principal = context.tokens.open(first?.SessionToken ?? "")?.principal;
  assert.deepEqual([principal?.tags, principal?.transitiveTagKeys], [{ Team: "a" }, ["Team"]]);
  const { sts } = context.as({
    accessKeyId: first?.AccessKeyId ?? "",
    secretAccessKey: first?.SecretAccessKey ?? "",
    sessionToken: first?.SessionToken ?? "",
  });
  for (const Key of ["Team", "team"]) {
    await assert.rejects(
      sts.assumeRole({ RoleArn: roleArn, RoleSessionName: "next", Tags: [{ Key, Value: "b" }] }),
      { name: "InvalidParameterValue", message: conflict },
      Key,
    );
  }
  const { Credentials: next } = await sts.assumeRole({ RoleArn: roleArn, RoleSessionName: "next" });
  assert.deepEqual(context.tokens.open(next?.SessionToken ?? "")?.principal.tags, { Team: "a" });
});
