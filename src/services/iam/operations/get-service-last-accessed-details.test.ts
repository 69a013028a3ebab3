import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { memberAccount } from "../../../../test/support/member-account.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import type { LastCall } from "../../../audit/index.ts";
import { arnOf } from "../iam.fixture.ts";
import { allow, openLastAccessed, policy } from "../last-accessed/last-accessed.fixture.ts";

const notThere = { name: "NoSuchEntityException" };

for (const kind of databases()) {
  test(`GetServiceLastAccessedDetails shows what an assumed role called, allowed or not (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, root, now, generate, report } = setting;
    const { ARN } = await root.secretsManager.createSecret({ Name: "s", SecretString: "v" });
    await setting.role("app", allow(["secretsmanager:GetSecretValue", "ssm:Get*", "s3:GetObject"]));
    const bob = await setting.user("bob", allow(["sts:AssumeRole"]));
    const session = await setting.assume(bob, "app");
    context.clock.advance(5_000);
    const readAt = now();
    assert.equal((await session.secretsManager.getSecretValue({ SecretId: ARN! })).SecretString, "v");
    context.clock.advance(5_000);
    const refusedAt = now();
    const refused = session.secretsManager.deleteSecret({ SecretId: ARN! });
    await assert.rejects(refused, { name: "AccessDeniedException" });
    context.clock.advance(5_000);
    const JobId = await generate(arnOf("role/app"), "ACTION_LEVEL");
    const generatedAt = context.clock.now();
    context.clock.advance(1);
    await session.secretsManager.getSecretValue({ SecretId: ARN! });
    assert.match(JobId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const { $metadata: _, ...found } = await report(JobId);
    const used = { LastAccessedEntity: arnOf("role/app"), LastAccessedRegion: "us-east-1" };
    assert.deepEqual(found, {
      JobStatus: "COMPLETED",
      JobType: "ACTION_LEVEL",
      JobCreationDate: generatedAt,
      JobCompletionDate: context.clock.now(),
      ServicesLastAccessed: [
        {
          ServiceName: "AWS Secrets Manager",
          ServiceNamespace: "secretsmanager",
          LastAuthenticated: refusedAt,
          LastAuthenticatedEntity: arnOf("role/app"),
          LastAuthenticatedRegion: "us-east-1",
          TotalAuthenticatedEntities: 1,
          TrackedActionsLastAccessed: [
            { ActionName: "DeleteSecret", ...used, LastAccessedTime: refusedAt },
            { ActionName: "GetSecretValue", ...used, LastAccessedTime: readAt },
          ],
        },
        { ServiceName: "AWS Systems Manager", ServiceNamespace: "ssm", TotalAuthenticatedEntities: 0 },
      ],
      IsTruncated: false,
    });
    const ofUser = await report(await generate(arnOf("user/bob")));
    assert.equal(ofUser.JobType, "SERVICE_LEVEL");
    assert.deepEqual(
      ofUser.ServicesLastAccessed!.map(({ ServiceNamespace, LastAuthenticatedEntity, ...rest }) => [
        ...[ServiceNamespace, LastAuthenticatedEntity, rest.TrackedActionsLastAccessed],
      ]),
      [["sts", arnOf("user/bob"), undefined]],
      "what the session did, the user did not",
    );
  });

  test(`GetServiceLastAccessedDetails counts sessions and federated users as their user, and a role made anew as another role (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, iam, root, now, generate, report } = setting;
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const bob = await setting.user("bob", allow(["ssm:*", "kms:*", "sts:*"]));
    const { sts } = context.as(bob);
    await context.as(credentialsIn(await sts.getSessionToken({}))).ssm.getParameter({ Name: "p" });
    const Policy = policy(allow(["kms:*"]));
    context.clock.advance(60_000);
    const at = now();
    await context.as(credentialsIn(await sts.getFederationToken({ Name: "guest", Policy }))).kms.createKey({});
    await iam.updateUser({ UserName: "bob", NewUserName: "robert", NewPath: "/x/" });
    const { ServicesLastAccessed: services } = await report(await generate(arnOf("user/x/robert")));
    const named = Object.fromEntries(services!.map((service) => [service.ServiceNamespace, service]));
    assert.deepEqual(Object.keys(named), ["kms", "ssm", "sts"]);
    assert.deepEqual(named.kms!.LastAuthenticated, at);
    for (const service of services!) assert.equal(service.LastAuthenticatedEntity, arnOf("user/x/robert"));

    await setting.role("app", allow(["ssm:*"]));
    await (await setting.assume(bob, "app")).ssm.getParameter({ Name: "p" });
    await iam.deleteRolePolicy({ RoleName: "app", PolicyName: "p" });
    await iam.deleteRole({ RoleName: "app" });
    await setting.role("app", allow(["ssm:*"]));
    const anew = await report(await generate(arnOf("role/app")));
    assert.deepEqual(anew.ServicesLastAccessed?.[0]?.TotalAuthenticatedEntities, 0);
  });

  test(`GetServiceLastAccessedDetails shows a report to its requester, for a week (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, iam, generate, report } = setting;
    const bob = await setting.user("bob", allow(["iam:*", "sts:*"]));
    const eve = await setting.user("eve", allow(["iam:*"]));
    await setting.role("auditor", allow(["iam:*"]));
    const assumed = async () => (await setting.assume(bob, "auditor")).iam;
    const job = await generate(arnOf("user/bob"), undefined, await assumed());
    assert.equal((await report(job, {}, await assumed())).JobStatus, "COMPLETED", "another session of the role");
    const own = await generate(arnOf("user/bob"), undefined, context.as(bob).iam);
    await report(own, {}, context.as(bob).iam);
    const second = context.as((await memberAccount(context.as(), "444455556666")).credentials).iam;
    for (const [stranger, JobId] of [
      [iam, job],
      [context.as(bob).iam, job],
      [context.as(eve).iam, own],
      [second, own],
      [second, await generate(arnOf("user/bob"))],
      [iam, "00000000-0000-0000-0000-000000000000"],
    ] as const) {
      const message = `The job with id ${JobId} cannot be found.`;
      const asked = { JobId, ServiceNamespace: "iam" };
      await assert.rejects(stranger.getServiceLastAccessedDetails({ JobId }), { ...notThere, message });
      await assert.rejects(stranger.getServiceLastAccessedDetailsWithEntities(asked), { ...notThere, message });
    }
    await assert.rejects(iam.getServiceLastAccessedDetails({ JobId: "short" }), { name: "ValidationError" });
    const old = await generate(arnOf("user/bob"));
    await report(old);
    context.clock.advance(7 * 24 * 60 * 60 * 1000 + 1);
    const { iam: later } = context.plane;
    assert.equal(await later.lastAccessed.find(testAccount, old, context.clock.now()), undefined);
  });

  test(`GetServiceLastAccessedDetails shows a report that is not done as IN_PROGRESS, and begins it anew where the process ended or the work failed (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, generate } = setting;
    await setting.user("bob", allow(["ssm:*"]));
    const { clock, plane } = context;
    const asked: ((calls: readonly LastCall[]) => void)[] = [];
    let failure: Error | undefined;
    const lastCalls = async () => {
      if (failure) throw failure;
      return new Promise<readonly LastCall[]>((resolve) => asked.push(resolve));
    };
    const slow = setting.start({ trail: { clock, lastCalls } });
    const JobId = await generate(arnOf("user/bob"), undefined, slow);
    for (let time = 0; time < 3; time++) {
      const { $metadata: _, ...state } = await slow.getServiceLastAccessedDetails({ JobId });
      assert.deepEqual(state, {
        JobStatus: "IN_PROGRESS",
        JobType: "SERVICE_LEVEL",
        JobCreationDate: clock.now(),
        ServicesLastAccessed: [],
        IsTruncated: false,
      });
      const { EntityDetailsList: entities, JobStatus: status } = await slow.getServiceLastAccessedDetailsWithEntities({
        ...{ JobId, ServiceNamespace: "ssm" },
      });
      assert.deepEqual([entities, status], [[], "IN_PROGRESS"]);
    }
    assert.equal(asked.length, 1, "it is worked on once");

    // Another process, after the first has ended.
    failure = new Error("The database is away");
    const failing = setting.start({ trail: { clock, lastCalls } });
    assert.equal((await failing.getServiceLastAccessedDetails({ JobId })).JobStatus, "IN_PROGRESS");
    await assert.rejects(failing.getServiceLastAccessedDetails({ JobId }), /failed internally/);
    failure = undefined;
    assert.equal((await failing.getServiceLastAccessedDetails({ JobId })).JobStatus, "IN_PROGRESS");
    const [, finish] = asked;
    const [entity] = (await plane.iam.lastAccessed.find(testAccount, JobId, clock.now()))!.entities;
    const call = {
      principalId: entity!.id,
      service: "ssm",
      action: "GetParameter",
      region: "eu-west-1",
      at: clock.now(),
    };
    finish!([call]);
    const { ServicesLastAccessed: services } = await setting.report(JobId);
    assert.equal(services?.[0]?.LastAuthenticatedRegion, "eu-west-1");
    // The first one comes too late.
    asked[0]!([]);
    assert.equal((await setting.report(JobId)).ServicesLastAccessed?.[0]?.TotalAuthenticatedEntities, 1);
  });
}
