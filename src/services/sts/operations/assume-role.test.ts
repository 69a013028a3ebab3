import assert from "node:assert/strict";
import { test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { Principal } from "../../../model/call.ts";
import { authorizer, ensureRole, iamService, iamStore } from "../../iam/index.ts";
import { assumeRoleAsService, sessions, stsService } from "../index.ts";

const arnOf = (resource: string) => `arn:aws:iam::${testAccount}:${resource}`;
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const assume = { Effect: "Allow", Action: "sts:AssumeRole" };
const trustAccount = document({ ...assume, Principal: { AWS: arnOf("root") } });
const session = { RoleSessionName: "test" };

for (const kind of databases()) {
  async function setUp() {
    const clock = fakeClock();
    const database = await kind.open();
    const rootKeyring = keyring(Buffer.alloc(32, 1));
    const store = iamStore(database, rootKeyring);
    const tokens = sessions({ keyring: rootKeyring, ids: randomIds });
    const services = [iamService({ store, ids: randomIds }), stsService({ iam: store, sessions: tokens })];
    const caller: { principal: Principal } = { principal: rootPrincipal };
    const asRoot = new IAM(inProcess(services, { clock }));
    const options = { clock, principal: () => caller.principal, authorize: authorizer({ store }) };
    const sts = new STS(inProcess(services, options));
    const { User: user } = await asRoot.createUser({ UserName: "bob" });
    const bob: Principal = {
      kind: "user",
      arn: arnOf("user/bob"),
      account: testAccount,
      userId: user?.UserId ?? "",
      userName: "bob",
      accessKeyId: "AKIATEST",
    };
    caller.principal = bob;
    return {
      ...{ asRoot, sts, store, tokens, clock, caller, bob },
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  }

  const refusal = (name: string) => ({
    name: "AccessDenied",
    message: `User: ${arnOf("user/bob")} is not authorized to perform: sts:AssumeRole on resource: ${arnOf(`role/${name}`)}`,
  });

  test(`AssumeRole gives a session of the role (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, sts, tokens, clock, bob } = context;
    const trust = document({ ...assume, Principal: { AWS: bob.arn } });
    const { Role: role } = await asRoot.createRole({ RoleName: "r", Path: "/x/", AssumeRolePolicyDocument: trust });
    const answer = await sts.assumeRole({ RoleArn: role?.Arn, ...session, DurationSeconds: 900 });
    const credentials = answer.Credentials;
    assert.match(credentials?.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    assert.deepEqual(credentials?.Expiration, new Date(clock.now().getTime() + 900_000));
    assert.deepEqual(answer.AssumedRoleUser, {
      AssumedRoleId: `${role?.RoleId}:test`,
      Arn: `arn:aws:sts::${testAccount}:assumed-role/r/test`,
    });
    assert.equal(answer.PackedPolicySize, undefined);
    const opened = tokens.open(credentials?.SessionToken ?? "");
    assert.deepEqual(opened, {
      principal: {
        kind: "assumed-role",
        arn: `arn:aws:sts::${testAccount}:assumed-role/r/test`,
        account: testAccount,
        userId: `${role?.RoleId}:test`,
        roleArn: role?.Arn,
        accessKeyId: credentials?.AccessKeyId,
        sessionIssuedAt: clock.now(),
      },
      secretAccessKey: credentials?.SecretAccessKey,
      expiresAt: credentials?.Expiration,
    });
  });

  test(`AssumeRole is decided by the trust policy (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { asRoot, sts, caller, bob } = context;
    const allowAll = document({ Effect: "Allow", Action: "sts:*", Resource: "*" });
    const toBob = { ...assume, Principal: { AWS: bob.arn } };
    const external = { ...toBob, Condition: { StringEquals: { "sts:ExternalId": "42" } } };
    const tagging = { ...toBob, Action: ["sts:AssumeRole", "sts:TagSession"] };
    const tags = { Tags: [{ Key: "team", Value: "a" }] };
    const cases: [string, string, { policy?: string; input?: object; denied?: string }][] = [
      ["names the user", document(toBob), {}],
      ["names the account, and the user has no policy", trustAccount, { denied: "sts:AssumeRole" }],
      ["names the account, and the user's policy allows", trustAccount, { policy: allowAll }],
      ["names a service only", serviceTrust("ecs-tasks.amazonaws.com"), { policy: allowAll, denied: "sts:AssumeRole" }],
      ["wants an external id that is not given", document(external), { denied: "sts:AssumeRole" }],
      ["wants another external id", document(external), { input: { ExternalId: "41" }, denied: "sts:AssumeRole" }],
      ["wants the external id that is given", document(external), { input: { ExternalId: "42" } }],
      ["does not allow tags", document(toBob), { input: tags, denied: "sts:TagSession" }],
      ["allows tags", document(tagging), { input: tags }],
      [
        "does not allow a source identity",
        document(toBob),
        { input: { SourceIdentity: "bob" }, denied: "sts:SetSourceIdentity" },
      ],
    ];
    for (const [name, trust, { policy, input, denied }] of cases) {
      await t.test(name, async () => {
        caller.principal = bob;
        await asRoot.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
        if (policy) await asRoot.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument: policy });
        const request = sts.assumeRole({ RoleArn: arnOf("role/r"), ...session, ...input });
        if (denied) {
          const message = `User: ${bob.arn} is not authorized to perform: ${denied} on resource: ${arnOf("role/r")}`;
          await assert.rejects(request, { name: "AccessDenied", message });
        } else assert.ok((await request).Credentials?.SessionToken);
        if (policy) await asRoot.deleteUserPolicy({ UserName: "bob", PolicyName: "p" });
        await asRoot.deleteRole({ RoleName: "r" });
      });
    }
  });

  test(`AssumeRole refuses a role that is not there as one that may not be assumed (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, sts, caller } = context;
    await asRoot.createRole({ RoleName: "r", Path: "/x/", AssumeRolePolicyDocument: trustAccount });
    const policy = document({ Effect: "Allow", Action: "sts:*", Resource: "*" });
    await asRoot.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument: policy });
    await assert.rejects(sts.assumeRole({ RoleArn: arnOf("role/none"), ...session }), refusal("none"));
    // The path belongs to the ARN.
    await assert.rejects(sts.assumeRole({ RoleArn: arnOf("role/r"), ...session }), refusal("r"));
    assert.ok((await sts.assumeRole({ RoleArn: arnOf("role/x/r"), ...session })).Credentials);
    caller.principal = rootPrincipal;
    await assert.rejects(sts.assumeRole({ RoleArn: arnOf("role/x/r"), ...session }), {
      name: "AccessDenied",
      message: "Roles may not be assumed by root accounts.",
    });
  });

  test(`AssumeRole finds no role by an ARN of another partition, which a deny would not name (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, sts, bob } = context;
    const trust = document({ ...assume, Principal: { AWS: bob.arn } });
    await asRoot.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    const deny = document({ Effect: "Deny", Action: "sts:AssumeRole", Resource: arnOf("role/r") });
    await asRoot.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument: deny });
    const RoleArn = arnOf("role/r").replace("arn:aws:", "arn:aws-cn:");
    await assert.rejects(sts.assumeRole({ RoleArn, ...session }), { name: "AccessDenied" });
  });

  test(`AssumeRole bounds the session's length (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { asRoot, sts, tokens, caller, bob } = context;
    const trust = document({ ...assume, Principal: { AWS: bob.arn } });
    const RoleArn = arnOf("role/r");
    await asRoot.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust, MaxSessionDuration: 7200 });
    await asRoot.updateAssumeRolePolicy({
      RoleName: "r",
      PolicyDocument: document({ ...assume, Principal: { AWS: [bob.arn, RoleArn] } }),
    });
    const first = await sts.assumeRole({ RoleArn, ...session });
    const chained = tokens.open(first.Credentials?.SessionToken ?? "")?.principal ?? assert.fail("no session");
    const cases: [string, Principal, number, string | undefined][] = [
      ["as long as the role allows", bob, 7200, undefined],
      ["longer", bob, 7201, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."],
      ["chained, an hour", chained, 3600, undefined],
      [
        "chained, longer",
        chained,
        3601,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      ],
    ];
    for (const [name, principal, DurationSeconds, message] of cases) {
      await t.test(name, async () => {
        caller.principal = principal;
        const request = sts.assumeRole({ RoleArn, ...session, DurationSeconds });
        if (message) await assert.rejects(request, { name: "ValidationError", message });
        else assert.ok((await request).Credentials);
      });
    }
  });

  test(`AssumeRole takes session policies, tags and source identity into the session (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, sts, tokens, caller, bob } = context;
    const action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    const principals = { AWS: [bob.arn, arnOf("root")] };
    const trust = document({ ...assume, Action: action, Principal: principals });
    await asRoot.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    await asRoot.putRolePolicy({
      RoleName: "r",
      PolicyName: "p",
      PolicyDocument: document({ Effect: "Allow", Action: "sts:*", Resource: "*" }),
    });
    const Policy = document({ Effect: "Allow", Action: "sts:*", Resource: "*" });
    const input = {
      RoleArn: arnOf("role/r"),
      ...session,
      Policy,
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/PowerUserAccess" }],
      Tags: [
        { Key: "Team", Value: "a" },
        { Key: "env", Value: "b" },
      ],
      TransitiveTagKeys: ["Team"],
      SourceIdentity: "ann",
    };
    const answer = await sts.assumeRole(input);
    assert.equal(answer.SourceIdentity, "ann");
    assert.ok((answer.PackedPolicySize ?? 0) > 0 && (answer.PackedPolicySize ?? 0) < 100);
    const principal = tokens.open(answer.Credentials?.SessionToken ?? "")?.principal ?? assert.fail("no session");
    assert.deepEqual(
      [principal.sessionPolicies, principal.tags, principal.transitiveTagKeys, principal.sourceIdentity],
      [[Policy, "arn:aws:iam::aws:policy/PowerUserAccess"], { Team: "a", env: "b" }, ["Team"], "ann"],
    );
    caller.principal = principal;
    const chain = await sts.assumeRole({ RoleArn: arnOf("role/r"), RoleSessionName: "next" });
    const next = tokens.open(chain.Credentials?.SessionToken ?? "")?.principal;
    assert.deepEqual([next?.tags, next?.transitiveTagKeys, next?.sourceIdentity], [{ Team: "a" }, ["Team"], "ann"]);
    await assert.rejects(
      sts.assumeRole({ RoleArn: arnOf("role/r"), RoleSessionName: "next", Tags: [{ Key: "team", Value: "c" }] }),
      { name: "InvalidParameterValue", message: /conflicts with a transitive tag key/ },
    );
    await assert.rejects(sts.assumeRole({ ...input, Tags: [], TransitiveTagKeys: [], SourceIdentity: "eve" }), {
      name: "AccessDenied",
    });
  });

  test(`AssumeRole refuses what does not fit into a session (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { asRoot, sts, bob } = context;
    const trust = document({ ...assume, Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { AWS: bob.arn } });
    await asRoot.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    const manyTags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: randomIds.hex(60) }));
    const cases: [string, object, { name: string; message?: RegExp }][] = [
      ["a malformed policy", { Policy: "{" }, { name: "MalformedPolicyDocumentException" }],
      [
        "a policy on what is no ARN of IAM's",
        { Policy: document({ Effect: "Allow", Action: "*", Resource: "arn:aws:iam:us-east-1:111122223333:role/r" }) },
        { name: "MalformedPolicyDocumentException", message: /cannot contain region information/ },
      ],
      ["a long policy", { Policy: " ".repeat(2049) }, { name: "ValidationError", message: /equal to 2048/ }],
      [
        "a policy that is not there",
        { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/None" }] },
        { name: "ValidationError" },
      ],
      [
        "many tags",
        { Tags: manyTags },
        { name: "PackedPolicyTooLargeException", message: /^Packed policy consumes \d+% of/ },
      ],
      [
        "a tag twice",
        {
          Tags: [
            { Key: "a", Value: "" },
            { Key: "A", Value: "" },
          ],
        },
        { name: "InvalidParameterValue" },
      ],
      [
        "a device's code",
        { SerialNumber: "GAHT12345678", TokenCode: "123456" },
        { name: "AccessDenied", message: /^MultiFactor/ },
      ],
    ];
    for (const [name, input, error] of cases) {
      await t.test(name, () =>
        assert.rejects(sts.assumeRole({ RoleArn: arnOf("role/r"), ...session, ...input }), error),
      );
    }
  });

  test(`GetSessionToken gives the user's own session, and none to a session (${kind.name})`, async () => {
    await using context = await setUp();
    const { sts, tokens, caller, bob, clock } = context;
    const { Credentials: credentials } = await sts.getSessionToken({ DurationSeconds: 900 });
    const opened = tokens.open(credentials?.SessionToken ?? "")?.principal ?? assert.fail("no session");
    assert.deepEqual(opened, { ...bob, accessKeyId: credentials?.AccessKeyId, sessionIssuedAt: clock.now() });
    caller.principal = opened;
    await assert.rejects(sts.getSessionToken({}), {
      name: "AccessDenied",
      message: "Cannot call GetSessionToken with session credentials",
    });
    caller.principal = rootPrincipal;
    const ofRoot = await sts.getSessionToken({});
    assert.deepEqual(ofRoot.Credentials?.Expiration, new Date(clock.now().getTime() + 3600_000));
  });

  test(`GetAccessKeyInfo names the account of a key (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, sts, caller } = context;
    caller.principal = rootPrincipal;
    const { AccessKey: key } = await asRoot.createAccessKey({ UserName: "bob" });
    assert.equal((await sts.getAccessKeyInfo({ AccessKeyId: key?.AccessKeyId })).Account, testAccount);
    await assert.rejects(sts.getAccessKeyInfo({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }), { name: "ValidationError" });
  });

  test(`assumeRoleAsService wants the trust policy to name that very service (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { asRoot, store, tokens, clock } = context;
    const service = "ecs-tasks.amazonaws.com";
    const confused = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          ...assume,
          Principal: { Service: service },
          Condition: {
            StringEquals: { "aws:SourceAccount": testAccount },
            ArnLike: { "aws:SourceArn": `arn:aws:ecs:us-east-1:${testAccount}:*` },
          },
        },
      ],
    });
    const conditions = {
      "aws:SourceAccount": testAccount,
      "aws:SourceArn": `arn:aws:ecs:us-east-1:${testAccount}:task/default/1`,
    };
    const cases: [string, string, string, Record<string, string>, boolean][] = [
      ["named", serviceTrust(service), service, {}, true],
      ["one of several", serviceTrust(["ec2.amazonaws.com", service]), service, {}, true],
      ["another", serviceTrust("ecs.amazonaws.com"), service, {}, false],
      ["the other way round", serviceTrust(service), "ecs.amazonaws.com", {}, false],
      ["the account only", trustAccount, service, {}, false],
      ["conditions that hold", confused, service, conditions, true],
      ["conditions that do not hold", confused, service, { ...conditions, "aws:SourceAccount": "999988887777" }, false],
      ["conditions without values", confused, service, {}, false],
    ];
    for (const [name, trust, asking, given, allowed] of cases) {
      await t.test(name, async () => {
        const { Role: role } = await asRoot.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
        const result = await assumeRoleAsService(
          { iam: store, sessions: tokens, clock },
          {
            service: asking,
            roleArn: role?.Arn ?? "",
            sessionName: "task1",
            durationSeconds: 21_600,
            conditions: given,
          },
        );
        if (!allowed)
          assert.match("denied" in result ? result.denied : "", /not authorized to perform: sts:AssumeRole/);
        else if ("denied" in result) assert.fail(result.denied);
        else {
          const opened = tokens.open(result.credentials.sessionToken);
          assert.equal(opened?.principal.arn, `arn:aws:sts::${testAccount}:assumed-role/exec/task1`);
          assert.deepEqual(result.credentials.expiration, new Date(clock.now().getTime() + 21_600_000));
        }
        await asRoot.deleteRole({ RoleName: "exec" });
      });
    }
    const missing = await assumeRoleAsService(
      { iam: store, sessions: tokens, clock },
      { service, roleArn: arnOf("role/none"), sessionName: "s", durationSeconds: 900 },
    );
    assert.deepEqual(missing, { denied: `The role ${arnOf("role/none")} cannot be found` });
  });

  test(`ensureRole makes the instance role once, for its service and with its policy (${kind.name})`, async () => {
    await using context = await setUp();
    const { asRoot, store, tokens, clock } = context;
    const wanted = {
      account: testAccount,
      partition: "aws",
      name: "ecsInstanceRole",
      principal: { Service: "ec2.amazonaws.com" },
      awsPolicies: ["service-role/AmazonEC2ContainerServiceforEC2Role"],
    };
    const made = { store, clock, ids: randomIds };
    const [first, second] = await Promise.all([ensureRole(made, wanted), ensureRole(made, wanted)]);
    assert.deepEqual([first, second], [arnOf("role/ecsInstanceRole"), arnOf("role/ecsInstanceRole")]);
    assert.equal((await asRoot.listRoles({})).Roles?.length, 1);
    const attached = await asRoot.listAttachedRolePolicies({ RoleName: "ecsInstanceRole" });
    assert.deepEqual(
      attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName),
      ["AmazonEC2ContainerServiceforEC2Role"],
    );
    const result = await assumeRoleAsService(
      { iam: store, sessions: tokens, clock },
      { service: "ec2.amazonaws.com", roleArn: first, sessionName: "i-1", durationSeconds: 900 },
    );
    assert.ok("credentials" in result);
  });
}

function serviceTrust(service: string | readonly string[]): string {
  return document({ ...assume, Principal: { Service: service } });
}
