import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import { arnOf, openIam, powerUser, readParameters, refusal, trust } from "./iam.fixture.ts";

type Attachment = (iam: sdk.IAM, PolicyArn: string) => Promise<unknown>;

const attachments: Readonly<Record<string, readonly [attach: Attachment, detach: Attachment]>> = {
  role: [
    (iam, PolicyArn) => iam.attachRolePolicy({ RoleName: "r", PolicyArn }),
    (iam, PolicyArn) => iam.detachRolePolicy({ RoleName: "r", PolicyArn }),
  ],
  user: [
    (iam, PolicyArn) => iam.attachUserPolicy({ UserName: "u", PolicyArn }),
    (iam, PolicyArn) => iam.detachUserPolicy({ UserName: "u", PolicyArn }),
  ],
  group: [
    (iam, PolicyArn) => iam.attachGroupPolicy({ GroupName: "g", PolicyArn }),
    (iam, PolicyArn) => iam.detachGroupPolicy({ GroupName: "g", PolicyArn }),
  ],
};

/** ARNs that attaching and detaching refuse, and how. */
const wrongArns: readonly (readonly [arn: string, message: string])[] = [
  ["a-long-name-and-no-arn", "Invalid ARN:  Could not be parsed!"],
  [arnOf("role/a-role-of-mine"), `ARN ${arnOf("role/a-role-of-mine")} is not valid.`],
  ["arn:aws:s3:::a-bucket-of-mine", "ARN arn:aws:s3:::a-bucket-of-mine is not valid."],
];

for (const [kind, [attach, detach]] of Object.entries(attachments)) {
  test(`attaching to a ${kind} and detaching refuse what is no policy's ARN as AWS recorded it`, async () => {
    await using context = await openIam();
    const { iam } = context;
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
    await iam.createUser({ UserName: "u" });
    await iam.createGroup({ GroupName: "g" });
    for (const [arn, message] of wrongArns) {
      for (const call of [attach, detach]) {
        await assert.rejects(call(iam, arn), refusal("ValidationError", 400, message), arn);
      }
    }
    const { Policy: policy } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: readParameters });
    const none = `${policy?.Arn}123`;
    const message = `Policy ${none} does not exist or is not attachable.`;
    await assert.rejects(attach(iam, none), refusal("NoSuchEntity", 404, message));
    await assert.rejects(detach(iam, none), refusal("NoSuchEntity", 404, `Policy ${none} was not found.`));
  });
}

const tags = [{ Key: "team", Value: "a" }];
const more = { PermissionsBoundary: powerUser, Tags: tags };
const policyMembers =
  "Arn AttachmentCount CreateDate DefaultVersionId IsAttachable Path PermissionsBoundaryUsageCount PolicyId PolicyName UpdateDate";

/** The members that AWS answers for something that was made with and without what may be left out: made, shown, listed. */
const members: readonly (readonly [
  what: string,
  answers: (iam: sdk.IAM, given: boolean) => Promise<readonly (object | undefined)[]>,
  bare: readonly string[],
  full: readonly string[],
])[] = [
  [
    "a role",
    async (iam, given) => {
      const RoleName = given ? "full" : "bare";
      const made = { RoleName, Path: `/${RoleName}/`, AssumeRolePolicyDocument: trust() };
      const created = await iam.createRole({ ...made, ...(given ? { ...more, Description: "d" } : { Tags: [] }) });
      const listed = await iam.listRoles({ PathPrefix: made.Path });
      return [created.Role, (await iam.getRole({ RoleName })).Role, listed.Roles?.[0]];
    },
    [
      "Arn AssumeRolePolicyDocument CreateDate Path RoleId RoleName",
      "Arn AssumeRolePolicyDocument CreateDate MaxSessionDuration Path RoleId RoleLastUsed RoleName",
      "Arn AssumeRolePolicyDocument CreateDate MaxSessionDuration Path RoleId RoleName",
    ],
    [
      "Arn AssumeRolePolicyDocument CreateDate Description Path PermissionsBoundary RoleId RoleName Tags",
      "Arn AssumeRolePolicyDocument CreateDate Description MaxSessionDuration Path PermissionsBoundary RoleId RoleLastUsed RoleName Tags",
      "Arn AssumeRolePolicyDocument CreateDate Description MaxSessionDuration Path RoleId RoleName",
    ],
  ],
  [
    "a user",
    async (iam, given) => {
      const UserName = given ? "full" : "bare";
      const Path = `/${UserName}/`;
      const created = await iam.createUser({ UserName, Path, ...(given ? more : { Tags: [] }) });
      const listed = await iam.listUsers({ PathPrefix: Path });
      return [created.User, (await iam.getUser({ UserName })).User, listed.Users?.[0]];
    },
    [
      "Arn CreateDate Path UserId UserName",
      "Arn CreateDate Path UserId UserName",
      "Arn CreateDate Path UserId UserName",
    ],
    [
      "Arn CreateDate Path PermissionsBoundary Tags UserId UserName",
      "Arn CreateDate Path PermissionsBoundary Tags UserId UserName",
      "Arn CreateDate Path UserId UserName",
    ],
  ],
  [
    "a policy",
    async (iam, given) => {
      const PolicyName = given ? "full" : "bare";
      const made = { PolicyName, Path: `/${PolicyName}/`, PolicyDocument: readParameters };
      const { Policy } = await iam.createPolicy({
        ...made,
        ...(given ? { Description: "d", Tags: tags } : { Tags: [] }),
      });
      const listed = await iam.listPolicies({ PathPrefix: made.Path });
      return [Policy, (await iam.getPolicy({ PolicyArn: Policy?.Arn })).Policy, listed.Policies?.[0]];
    },
    [policyMembers, and("Tags"), policyMembers],
    [and("Tags"), and("Description", "Tags"), policyMembers],
  ],
];

function and(...names: readonly string[]): string {
  return [...policyMembers.split(" "), ...names].sort().join(" ");
}

function named(answer: object | undefined): string {
  const given = Object.entries(answer ?? {}).filter(([, value]) => value !== undefined);
  return given
    .map(([name]) => name)
    .sort()
    .join(" ");
}

for (const [what, answers, bare, full] of members) {
  test(`${what} has the members that AWS recorded: made, shown and listed`, async () => {
    await using context = await openIam();
    assert.deepEqual((await answers(context.iam, false)).map(named), bare);
    assert.deepEqual((await answers(context.iam, true)).map(named), full);
  });
}

test("DeletePolicy of a policy that does not exist is refused as AWS recorded it", async () => {
  await using context = await openIam();
  const PolicyArn = arnOf("policy/none");
  await assert.rejects(
    context.iam.deletePolicy({ PolicyArn }),
    refusal("NoSuchEntity", 404, `Policy ${PolicyArn} was not found.`),
  );
});
