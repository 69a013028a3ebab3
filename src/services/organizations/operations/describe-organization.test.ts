import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openOrganizations } from "../organizations.fixture.ts";

test("DescribeOrganization shows the organization and the account that manages it", async () => {
  await using context = await openOrganizations();
  const { Organization: organization } = await context.organizations.describeOrganization({});
  assert.match(organization?.Id ?? "", /^o-[a-z0-9]{10}$/);
  const arn = `arn:aws:organizations::${testAccount}`;
  assert.equal(organization?.Arn, `${arn}:organization/${organization?.Id}`);
  assert.equal(organization?.MasterAccountId, testAccount);
  assert.equal(organization?.MasterAccountArn, `${arn}:account/${organization?.Id}/${testAccount}`);
});

test("DescribeOrganization refuses a user without permission", async () => {
  await using context = await openOrganizations();
  await context.iam.createUser({ UserName: "ann" });
  const { AccessKey: key } = await context.iam.createAccessKey({ UserName: "ann" });
  const ann = context.as({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! });
  await assert.rejects(ann.organizations.describeOrganization({}), {
    name: "AccessDeniedException",
    message: /not authorized to perform: organizations:DescribeOrganization /,
  });
});
