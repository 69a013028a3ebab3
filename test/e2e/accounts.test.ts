import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { awsCli, findAwsClis, knowsEndpointUrl } from "../support/aws-cli.ts";
import { allow, clientsOf, createRole, policy } from "../support/clients.ts";
import { memberAccount } from "../support/member-account.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startAgent, startSealift } from "../support/sealift.ts";
import { runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";

const account = "444455556666";

for (const kind of ["sqlite", "postgres"] as const) {
  const skip = kind === "postgres" ? await skipUnless("postgres") : false;
  test(`account create, list and root-key beside a running server (${kind})`, { skip, timeout: 480_000 }, async () => {
    await using resources = new AsyncDisposableStack();
    const data = resources.use(await throwAwayData());
    const database = kind === "postgres" ? resources.use(await takePostgresCopy()) : undefined;
    const flags = ["--no-agent", ...(database ? ["--database", database.url] : [])];
    const options = { runtime: "process", data: data.path, flags } as const;
    const run = (...words: readonly string[]) => runSealift("account", ...words, "--data", data.path);
    const nothing = await run("list");
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /^sealift: Cannot find a Sealift in .*: start it with "sealift up"\n$/);

    const sealift = await startSealift(options);
    const made = await run("create", "--name", "staging", "--id", account);
    assert.deepEqual([made.code, made.stderr.split(";")[0]], [0, `Made the account ${account}`]);
    const lines = /^\[sealift-444455556666\]\naws_access_key_id = (AKIA\w{16})\naws_secret_access_key = (\S{40})\n/;
    const [, accessKeyId, secretAccessKey] = lines.exec(made.stdout) ?? [];
    const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
    const root = clientsOf({ ...sealift, credentials });
    assert.equal((await root.sts.getCallerIdentity({})).Arn, `arn:aws:iam::${account}:root`);
    const firstKey = { AccessKeyId: sealift.credentials.accessKeyId };
    assert.equal((await root.sts.getAccessKeyInfo(firstKey)).Account, "000000000000");
    const list = await run("list");
    assert.match(list.stdout, /^000000000000 {2}- +management\n444455556666 {2}\d{4}-\S+Z {2}staging\n$/);

    const refused: readonly (readonly [readonly string[], RegExp])[] = [
      [["create", "--id", account], /Cannot make the account: another account has this --id/],
      [["create", "--id", "000000000000"], /is the management account/],
      [["create", "--id", "12"], /Cannot use account "12": an account's id has 12 digits/],
      [["create", "--name", "\u{1f600}"], /'accountName'/],
      [["create", "--email", "x"], /'email'/],
      [["root-key", "999999999999"], /Cannot make the root access key: There is no account 999999999999/],
      [["root-key", "x"], /Cannot use account "x"/],
      [["root-key"], /missing required argument 'id'/],
    ];
    for (const [words, message] of refused) {
      const { code, stdout, stderr } = await run(...words);
      assert.deepEqual([code === 0, stdout], [false, ""], words.join(" "));
      assert.match(stderr, message);
      assert.match(stderr, /^sealift: [^\n]*\n$/);
    }

    assert.equal(await sealift.end("SIGKILL"), "SIGKILL");
    const gone = await run("list");
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /^sealift: Cannot reach the Sealift of /);
    await using again = await startSealift(options);
    const anew = clientsOf({ ...again, credentials });
    assert.equal((await anew.sts.getCallerIdentity({})).Account, account, "an account survives kill -9");
    assert.equal((await anew.ecs.describeClusters({})).clusters?.[0]?.status, "ACTIVE");
    const replaced = await run("root-key", account);
    const next = lines.exec(replaced.stdout)?.[1];
    assert.ok(next !== undefined && next !== accessKeyId);
    await assert.rejects(anew.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
  });
}

const skip = await skipUnless("aws");

test("aws profiles reach another account's role, with source_profile and external_id", {
  skip,
  timeout: 480_000,
}, async (t) => {
  // Of a profile's role, an older CLI always asks AWS itself.
  const clis = (await findAwsClis()).filter(knowsEndpointUrl);
  if (clis.length === 0) return t.skip("Every aws CLI here is too old for AWS_ENDPOINT_URL.");
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent", "--account", "111122223333"] });
  const created = await runSealift("account", "create", "--id", account, "--data", sealift.data);
  assert.equal(created.code, 0, created.stderr);
  const first = clientsOf(sealift);
  await first.iam.createUser({ UserName: "ann" });
  const { AccessKey: key } = await first.iam.createAccessKey({ UserName: "ann" });
  const PolicyDocument = policy(allow(["sts:AssumeRole"], [`arn:aws:iam::${account}:role/*`]));
  await first.iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument });
  const credentials = join(sealift.data, "credentials");
  // The command prints a section of this file.
  await writeFile(
    credentials,
    `${created.stdout}[ann]\naws_access_key_id = ${key!.AccessKeyId}\naws_secret_access_key = ${key!.SecretAccessKey}\n`,
  );
  const config = join(sealift.data, "config");
  const role = (name: string) => `role_arn = arn:aws:iam::${account}:role/${name}\nsource_profile = ann\n`;
  await writeFile(
    config,
    `[profile admin]\n${role("OrganizationAccountAccessRole")}[profile named]\n${role("partner")}external_id = secret-handshake\nrole_session_name = ann\n[profile stranger]\n${role("partner")}`,
  );
  for (const cli of clis) {
    const aws = awsCli(cli, sealift, {
      ...{ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials },
      // The CLI keeps sessions there, and would take another server's or those of a role that another CLI's turn deleted.
      HOME: join(sealift.data, cli.version),
    });
    const identity = async (profile: string) =>
      (await aws<{ Arn: string }>("--profile", profile, "sts", "get-caller-identity")).Arn;
    assert.equal(await identity(`sealift-${account}`), `arn:aws:iam::${account}:root`);
    assert.match(await identity("admin"), /^arn:aws:sts::444455556666:assumed-role\/OrganizationAccountAccessRole\//);
    const trust = {
      ...{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:user/ann" }, Action: "sts:AssumeRole" },
      Condition: { StringEquals: { "sts:ExternalId": "secret-handshake" } },
    };
    const document = policy(trust);
    await aws(
      "--profile",
      "admin",
      "iam",
      "create-role",
      "--role-name",
      "partner",
      "--assume-role-policy-document",
      document,
    );
    assert.equal(await identity("named"), `arn:aws:sts::${account}:assumed-role/partner/ann`);
    await assert.rejects(identity("stranger"), { code: "AccessDenied" });
    const token = await aws<{ FederatedUser: { Arn: string } }>("--profile", "ann", "sts", "get-session-token");
    assert.ok(token);
    const info = ["sts", "get-access-key-info", "--access-key-id", key!.AccessKeyId!] as const;
    assert.deepEqual(await aws("--profile", "admin", ...info), { Account: "111122223333" });
    await aws("--profile", "admin", "iam", "delete-role", "--role-name", "partner");
    await assert.rejects(
      aws(
        "--profile",
        "ann",
        "sts",
        "assume-role",
        "--role-arn",
        "nonsense-nonsense-nonsense",
        "--role-session-name",
        "ann",
      ),
      {
        ...{ code: "ValidationError", message: "nonsense-nonsense-nonsense is invalid" },
      },
    );
    const member = [
      "organizations",
      "create-account",
      "--account-name",
      "x",
      "--email",
      `${cli.version}@example.com`,
    ] as const;
    const root = awsCli(cli, sealift);
    const answer = await root<{ CreateAccountStatus: { State: string; Id: string } }>(...member);
    assert.equal(answer.CreateAccountStatus.State, "SUCCEEDED");
    const status = ["--create-account-request-id", answer.CreateAccountStatus.Id] as const;
    assert.deepEqual(await root("organizations", "describe-create-account-status", ...status), answer);
    const { Accounts: accounts } = await root<{ Accounts: { Id: string }[] }>("organizations", "list-accounts");
    assert.ok(accounts.some(({ Id }) => Id === account));
  }
});

test("a machine that joined another account's cluster runs its tasks with its secrets", {
  timeout: 480_000,
}, async () => {
  await using resources = new AsyncDisposableStack();
  const sealift = resources.use(await startSealift({ runtime: "process" }));
  const theirs = await memberAccount(clientsOf(sealift), account);
  const [first, second] = [clientsOf(sealift), clientsOf(theirs)];
  const data = resources.use(await throwAwayData());
  const agent = resources.use(await startAgent(theirs, { cluster: "default", data: data.path, runtime: "process" }));
  assert.match(agent.containerInstanceArn, new RegExp(`:${account}:container-instance/default/`));
  const file = join(data.path, "seen");
  for (const [clients, value] of [
    [first, "first's"],
    [second, "second's"],
  ] as const) {
    const { ssm, ecs } = clients;
    await ssm.putParameter({ Name: "password", Type: "SecureString", Value: value });
    const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
    await ecs.registerTaskDefinition({
      ...{ family: "reader", networkMode: "awsvpc", executionRoleArn },
      containerDefinitions: [
        {
          ...{ name: "main", image: "none", memory: 64, secrets: [{ name: "PASSWORD", valueFrom: "password" }] },
          dockerLabels: { "sealift.process.command": JSON.stringify(["sh", "-c", `printf %s "$PASSWORD" >> ${file}`]) },
        },
      ],
    });
  }
  const { ecs } = second;
  const task = await runTask(ecs, { taskDefinition: "reader" });
  assert.equal((await waitForTask(ecs, task, "STOPPED")).containerInstanceArn, agent.containerInstanceArn);
  assert.equal(await readFile(file, "utf8"), "second's");
  // The first account's tasks stay on its own machine.
  const own = await runTask(first.ecs, { taskDefinition: "reader" });
  const stopped = await waitForTask(first.ecs, own, "STOPPED");
  assert.match(stopped.containerInstanceArn ?? "", /:000000000000:container-instance\/default\//);
  assert.equal(await readFile(file, "utf8"), "second'sfirst's");
  const { tasks, failures } = await second.ecs.describeTasks({ tasks: [own] });
  assert.deepEqual([tasks, failures], [[], [{ arn: own, reason: "MISSING" }]]);
});
