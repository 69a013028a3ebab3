import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { arnOf } from "../iam.fixture.ts";
import { allow, openLastAccessed, policy } from "../last-accessed/last-accessed.fixture.ts";

for (const kind of databases()) {
  test(`GetServiceLastAccessedDetailsWithEntities shows everybody who has a group's or a policy's permissions (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, iam, root, now, generate, report } = setting;
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const { Policy: managed } = await iam.createPolicy({
      PolicyName: "read",
      PolicyDocument: policy(allow(["ssm:GetParameter", "ecs:List*"])),
    });
    const PolicyArn = managed!.Arn!;
    const keys = {
      ann: await setting.user("ann"),
      bob: await setting.user("bob", allow(["sts:AssumeRole"])),
      eve: await setting.user("eve"),
    };
    await iam.createGroup({ GroupName: "ops" });
    await iam.attachGroupPolicy({ GroupName: "ops", PolicyArn });
    for (const UserName of ["ann", "bob"]) await iam.addUserToGroup({ GroupName: "ops", UserName });
    await iam.attachUserPolicy({ UserName: "bob", PolicyArn });
    await setting.role("app");
    await iam.attachRolePolicy({ RoleName: "app", PolicyArn });
    await iam.putUserPermissionsBoundary({ UserName: "eve", PermissionsBoundary: PolicyArn });

    const read = async (clients: ReturnType<typeof context.as>) => {
      context.clock.advance(60_000);
      await clients.ssm.getParameter({ Name: "p" }).catch(() => undefined);
      return now();
    };
    const bobsAt = await read(context.as(keys.bob));
    const rolesAt = await read(await setting.assume(keys.bob, "app"));
    await read(context.as(keys.eve));

    const group = await generate(arnOf("group/ops"));
    const [ecs, ssm] = (await report(group)).ServicesLastAccessed!;
    assert.deepEqual(ecs, {
      ServiceName: "Amazon Elastic Container Service",
      ServiceNamespace: "ecs",
      TotalAuthenticatedEntities: 0,
    });
    assert.deepEqual(
      [ssm?.LastAuthenticatedEntity, ssm?.LastAuthenticated, ssm?.TotalAuthenticatedEntities],
      [...[arnOf("user/bob"), bobsAt, 1]],
    );
    const entities = async (JobId: string, ServiceNamespace: string, page: object = {}) => {
      const found = await iam.getServiceLastAccessedDetailsWithEntities({ JobId, ServiceNamespace, ...page });
      assert.equal(found.JobStatus, "COMPLETED");
      const shown = found.EntityDetailsList!.map(({ EntityInfo: info, LastAuthenticated: at }) => [info?.Name, at]);
      return { shown, first: found.EntityDetailsList?.[0]?.EntityInfo, ...found };
    };
    const members = [
      ["bob", bobsAt],
      ["ann", undefined],
    ];
    assert.deepEqual((await entities(group, "ssm")).shown, members);
    assert.deepEqual((await entities(group, "ecs")).shown, members.map(([name]) => [name, undefined]).reverse());
    assert.deepEqual((await entities(group, "kms")).shown, [], "nobody could");

    const ofPolicy = await generate(PolicyArn);
    const [, used] = (await report(ofPolicy)).ServicesLastAccessed!;
    assert.deepEqual([used?.LastAuthenticatedEntity, used?.TotalAuthenticatedEntities], [arnOf("role/app"), 2]);
    const all = [["app", rolesAt], ...members];
    assert.deepEqual((await entities(ofPolicy, "ssm")).shown, all, "whose boundary it is does not count");
    const { RoleId: Id } = (await iam.getRole({ RoleName: "app" })).Role!;
    const { first } = await entities(ofPolicy, "ssm");
    assert.deepEqual(first, { Arn: arnOf("role/app"), Name: "app", Type: "ROLE", Id, Path: "/" });
    const pages: unknown[] = [];
    for (let Marker: string | undefined; ; ) {
      const page = await entities(ofPolicy, "ssm", { MaxItems: 1, ...(Marker && { Marker }) });
      pages.push(...page.shown);
      assert.equal(page.IsTruncated, page.Marker !== undefined);
      if (!page.Marker) break;
      ({ Marker } = page);
    }
    assert.deepEqual(pages, all);
    const services: unknown[] = [];
    for (let Marker: string | undefined; ; ) {
      const page = await report(ofPolicy, { MaxItems: 1, ...(Marker && { Marker }) });
      services.push(...page.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace));
      if (!page.IsTruncated) break;
      ({ Marker } = page);
    }
    assert.deepEqual(services, ["ecs", "ssm"]);
  });

  test(`GetServiceLastAccessedDetailsWithEntities refuses a report that does not exist (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const asked = { JobId: "00000000-0000-0000-0000-000000000000", ServiceNamespace: "iam" };
    await assert.rejects(setting.iam.getServiceLastAccessedDetailsWithEntities(asked), {
      name: "NoSuchEntityException",
      message: `The job with id ${asked.JobId} cannot be found.`,
    });
  });
}
