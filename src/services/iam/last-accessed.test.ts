import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { allow, policy } from "../../../test/support/clients.ts";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../test/support/in-process.ts";
import { memberAccount } from "../../../test/support/member-account.ts";
import { type Credentials, credentialsIn, served } from "../../../test/support/served.ts";
import type { LastCall } from "../../audit/index.ts";
import { iamService } from "./index.ts";
import { serviceNames } from "./last-accessed/granted-services.ts";

const arn = (resource: string) => `arn:aws:iam::${testAccount}:${resource}`;
const notThere = { name: "NoSuchEntityException" };

for (const kind of databases()) {
  async function setUp() {
    const context = await served(await kind.open());
    const { iam, ...root } = context.as();
    const now = () => new Date(Math.floor(context.clock.now().getTime() / 1000) * 1000);
    const generate = async (Arn: string, Granularity?: "ACTION_LEVEL", as = iam) => {
      const { JobId } = await as.generateServiceLastAccessedDetails({ Arn, ...(Granularity && { Granularity }) });
      return JobId!;
    };
    return {
      ...{ context, iam, root, now, generate },
      async user(UserName: string, ...statements: readonly object[]) {
        await iam.createUser({ UserName });
        if (statements.length > 0) {
          await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: policy(...statements) });
        }
        const { AccessKey: key } = await iam.createAccessKey({ UserName });
        return { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
      },
      /** A role that everyone in the account may assume. */
      async role(RoleName: string, ...statements: readonly object[]) {
        const trust = { Effect: "Allow", Principal: { AWS: arn("root") }, Action: "sts:AssumeRole" };
        await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(trust) });
        if (statements.length === 0) return;
        await iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument: policy(...statements) });
      },
      async assume(caller: Credentials, role: string) {
        const assumption = { RoleArn: arn(`role/${role}`), RoleSessionName: "session" };
        return context.as(credentialsIn(await context.as(caller).sts.assumeRole(assumption)));
      },
      async report(JobId: string, page: object = {}, as = iam) {
        for (;;) {
          const report = await as.getServiceLastAccessedDetails({ JobId, ...page });
          if (report.JobStatus !== "IN_PROGRESS") return report;
        }
      },
      async [Symbol.asyncDispose]() {
        await context[Symbol.asyncDispose]();
      },
    };
  }

  test(`GetServiceLastAccessedDetails tells what an assumed role called, allowed or not (${kind.name})`, async () => {
    await using setting = await setUp();
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
    const JobId = await generate(arn("role/app"), "ACTION_LEVEL");
    const generatedAt = context.clock.now();
    context.clock.advance(1);
    await session.secretsManager.getSecretValue({ SecretId: ARN! });
    assert.match(JobId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const { $metadata: _, ...found } = await report(JobId);
    const used = { LastAccessedEntity: arn("role/app"), LastAccessedRegion: "us-east-1" };
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
          LastAuthenticatedEntity: arn("role/app"),
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
    const ofUser = await report(await generate(arn("user/bob")));
    assert.equal(ofUser.JobType, "SERVICE_LEVEL");
    assert.deepEqual(
      ofUser.ServicesLastAccessed!.map(({ ServiceNamespace, LastAuthenticatedEntity, ...rest }) => [
        ...[ServiceNamespace, LastAuthenticatedEntity, rest.TrackedActionsLastAccessed],
      ]),
      [["sts", arn("user/bob"), undefined]],
      "what the session did, the user did not",
    );
  });

  test(`a user's sessions and federated users are the user, a role made anew is another (${kind.name})`, async () => {
    await using setting = await setUp();
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
    const { ServicesLastAccessed: services } = await report(await generate(arn("user/x/robert")));
    const named = Object.fromEntries(services!.map((service) => [service.ServiceNamespace, service]));
    assert.deepEqual(Object.keys(named), ["kms", "ssm", "sts"]);
    assert.deepEqual(named.kms!.LastAuthenticated, at);
    for (const service of services!) assert.equal(service.LastAuthenticatedEntity, arn("user/x/robert"));

    await setting.role("app", allow(["ssm:*"]));
    await (await setting.assume(bob, "app")).ssm.getParameter({ Name: "p" });
    await iam.deleteRolePolicy({ RoleName: "app", PolicyName: "p" });
    await iam.deleteRole({ RoleName: "app" });
    await setting.role("app", allow(["ssm:*"]));
    const anew = await report(await generate(arn("role/app")));
    assert.deepEqual(anew.ServicesLastAccessed?.[0]?.TotalAuthenticatedEntities, 0);
  });

  test(`reports on groups and policies tell of everybody who has them (${kind.name})`, async () => {
    await using setting = await setUp();
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

    const group = await generate(arn("group/ops"));
    const [ecs, ssm] = (await report(group)).ServicesLastAccessed!;
    assert.deepEqual(ecs, {
      ServiceName: "Amazon Elastic Container Service",
      ServiceNamespace: "ecs",
      TotalAuthenticatedEntities: 0,
    });
    assert.deepEqual(
      [ssm?.LastAuthenticatedEntity, ssm?.LastAuthenticated, ssm?.TotalAuthenticatedEntities],
      [...[arn("user/bob"), bobsAt, 1]],
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
    assert.deepEqual([used?.LastAuthenticatedEntity, used?.TotalAuthenticatedEntities], [arn("role/app"), 2]);
    const all = [["app", rolesAt], ...members];
    assert.deepEqual((await entities(ofPolicy, "ssm")).shown, all, "whose boundary it is does not count");
    const { RoleId: Id } = (await iam.getRole({ RoleName: "app" })).Role!;
    const { first } = await entities(ofPolicy, "ssm");
    assert.deepEqual(first, { Arn: arn("role/app"), Name: "app", Type: "ROLE", Id, Path: "/" });
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
    const administrator = await report(await generate("arn:aws:iam::aws:policy/AdministratorAccess"));
    assert.deepEqual(
      administrator.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace),
      context.plane.services.map(({ signingName }) => signingName).sort(),
      "every service that is here, and its name is known",
    );
    assert.deepEqual(Object.keys(serviceNames), context.plane.services.map(({ signingName }) => signingName).sort());
  });

  test(`a report is its requester's, for a week (${kind.name})`, async () => {
    await using setting = await setUp();
    const { context, iam, generate, report } = setting;
    const bob = await setting.user("bob", allow(["iam:*", "sts:*"]));
    const eve = await setting.user("eve", allow(["iam:*"]));
    await setting.role("auditor", allow(["iam:*"]));
    const assumed = async () => (await setting.assume(bob, "auditor")).iam;
    const job = await generate(arn("user/bob"), undefined, await assumed());
    assert.equal((await report(job, {}, await assumed())).JobStatus, "COMPLETED", "another session of the role");
    const own = await generate(arn("user/bob"), undefined, context.as(bob).iam);
    await report(own, {}, context.as(bob).iam);
    const second = context.as((await memberAccount(context.as(), "444455556666")).credentials).iam;
    for (const [stranger, JobId] of [
      [iam, job],
      [context.as(bob).iam, job],
      [context.as(eve).iam, own],
      [second, own],
      [second, await generate(arn("user/bob"))],
      [iam, "00000000-0000-0000-0000-000000000000"],
    ] as const) {
      const message = `The job with id ${JobId} cannot be found.`;
      const asked = { JobId, ServiceNamespace: "iam" };
      await assert.rejects(stranger.getServiceLastAccessedDetails({ JobId }), { ...notThere, message });
      await assert.rejects(stranger.getServiceLastAccessedDetailsWithEntities(asked), { ...notThere, message });
    }
    await assert.rejects(iam.getServiceLastAccessedDetails({ JobId: "short" }), { name: "ValidationError" });
    const old = await generate(arn("user/bob"));
    await report(old);
    context.clock.advance(7 * 24 * 60 * 60 * 1000 + 1);
    const { iam: later } = context.plane;
    assert.equal(await later.lastAccessed.find(testAccount, old, context.clock.now()), undefined);
  });

  test(`GenerateServiceLastAccessedDetails refuses what is no entity of the account (${kind.name})`, async (t) => {
    await using setting = await setUp();
    const wrong: readonly (readonly [string, string, string])[] = [
      [arn("user/none"), "NoSuchEntityException", "The user with name none cannot be found."],
      [arn("role/a/none"), "NoSuchEntityException", "The role with name none cannot be found."],
      [arn("group/none"), "NoSuchEntityException", "The group with name none cannot be found."],
      [arn("policy/none"), "NoSuchEntityException", `Policy ${arn("policy/none")} was not found.`],
      ["arn:aws:iam::444455556666:user/bob", "NoSuchEntityException", "The user with name bob cannot be found."],
      [arn("root:nobody"), "InvalidInputException", `ARN ${arn("root:nobody")} is not valid.`],
      ["arn:aws:s3:::some-bucket-name", "InvalidInputException", "ARN arn:aws:s3:::some-bucket-name is not valid."],
    ];
    for (const [Arn, name, message] of wrong) {
      await t.test(Arn, () =>
        assert.rejects(setting.iam.generateServiceLastAccessedDetails({ Arn }), { name, message }),
      );
    }
  });

  test(`a report that is not done is IN_PROGRESS, and begun anew where the process ended or the work failed (${kind.name})`, async () => {
    await using setting = await setUp();
    const { context, generate } = setting;
    await setting.user("bob", allow(["ssm:*"]));
    const { clock, plane } = context;
    const asked: ((calls: readonly LastCall[]) => void)[] = [];
    let failure: Error | undefined;
    const lastCalls = async () => {
      if (failure) throw failure;
      return new Promise<readonly LastCall[]>((resolve) => asked.push(resolve));
    };
    /** A process that shares the database with the others. */
    const start = (trail: Parameters<typeof iamService>[0]["trail"]) => {
      const ids = { ...plane.organizations.ids };
      return new sdk.IAM(inProcess([iamService({ store: plane.iam, ids, ...(trail && { trail }) })], { clock }));
    };
    const slow = start({ clock, lastCalls });
    const JobId = await generate(arn("user/bob"), undefined, slow);
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
    const failing = start({ clock, lastCalls });
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
