import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { allow, clientsOf, createRole, policy } from "../support/clients.ts";
import { sealiftProgram } from "../support/program.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const canary = "canary-check-0b7d5e";

/** What a caller of `sealift check --from aws` may do: describe, and read policies. */
const reading = [
  ...["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "ssm:DescribeParameters"],
  ...[
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:ListGrants",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListRolePolicies",
  ],
  ...["iam:ListAttachedRolePolicies", "logs:DescribeLogGroups", "logs:ListTagsForResource"],
  "organizations:DescribeOrganization",
];

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const noTerraform = await skipUnless("terraform");

test("check and policy against another Sealift in the place of AWS", { timeout: 480_000 }, async (t) => {
  await using files = await throwAwayDirectory();
  await using aws = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const clients = clientsOf(aws);
  const { secretsManager, ssm, kms, iam, logs, cloudTrail } = clients;
  const { KeyMetadata: key } = await kms.createKey({});
  const SecretString = JSON.stringify({ password: canary, port: 10_000_000 });
  const { ARN: db = "" } = await secretsManager.createSecret({ Name: "db", SecretString, KmsKeyId: key?.Arn });
  await ssm.putParameter({ Name: "/app/url", Type: "SecureString", Value: canary });
  await logs.createLogGroup({ logGroupName: "/ecs/web" });
  const executionRoleArn = await createRole(clients, "execution", []);
  const auditor = await user("auditor", reading);

  async function user(UserName: string, actions: readonly string[]): Promise<Key> {
    await iam.createUser({ UserName });
    await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: policy(allow(actions)) });
    const { AccessKey: made } = await iam.createAccessKey({ UserName });
    return { accessKeyId: made?.AccessKeyId ?? "", secretAccessKey: made?.SecretAccessKey ?? "" };
  }

  /** Runs a command with the settings by which SDKs find their endpoint and their credentials. */
  async function run(key: Key, ...words: readonly string[]) {
    const { PATH } = process.env;
    const env = {
      ...{ PATH, HOME: files.path, AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: aws.region },
      ...{ AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
    };
    const child = spawn(sealiftProgram, [...words, "--from", "aws"], {
      env,
      cwd: files.path,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    assert(!`${stdout}${stderr}`.includes(canary), "No value is shown");
    return { code, stdout, stderr };
  }

  async function valueReads(): Promise<number> {
    const names = ["GetSecretValue", "GetParameter", "GetParameters", "GetParametersByPath"];
    const counts = await Promise.all(
      names.map(async (AttributeValue) => {
        const input = { LookupAttributes: [{ AttributeKey: "EventName" as const, AttributeValue }] };
        return (await cloudTrail.lookupEvents(input)).Events?.length ?? 0;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  const definition = {
    ...{ family: "web", executionRoleArn },
    containerDefinitions: [
      {
        ...{ name: "web", image: "nginx", memory: 64 },
        secrets: [
          { name: "PASSWORD", valueFrom: `${db}:password::` },
          { name: "PORT", valueFrom: `${db}:port::` },
          { name: "URL", valueFrom: "/app/url" },
        ],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/web", "awslogs-region": aws.region, "awslogs-stream-prefix": "ecs" },
        },
      },
    ],
  };
  await mkdir(join(files.path, "deploy"));
  await writeFile(join(files.path, "deploy/web.json"), JSON.stringify(definition, undefined, 2));
  const api = { ...definition, family: "api", containerDefinitions: [{ name: "api", image: "nginx", memory: 64 }] };
  await writeFile(join(files.path, "deploy/api.json"), JSON.stringify(api));
  const rulesIn = (stdout: string) =>
    JSON.parse(stdout).definitions.map(({ findings }: { findings: readonly { readonly rule: string }[] }) => [
      ...new Set(findings.map(({ rule }) => rule)),
    ]);

  await t.test("several files are checked, with rights to describe only, and no value is read", async () => {
    const { code, stdout, stderr } = await run(auditor, "check", "deploy/*.json", "--format", "json");
    assert.equal(code, 1, stderr);
    assert.deepEqual(rulesIn(stdout), [[], ["secret-denied", "key-denied", "parameter-denied", "log-denied"]]);
    const annotated = await run(auditor, "check", "deploy/web.json", "--format", "github");
    assert.match(annotated.stdout, /^::error file=deploy\/web\.json,line=\d+,col=\d+,title=secret-denied::/);
    assert.equal(await valueReads(), 0);
  });

  await t.test("the policy that is made for the definition passes as it is written", async () => {
    const made = await run(auditor, "policy", "deploy/web.json");
    assert.equal(made.code, 0, made.stderr);
    await iam.putRolePolicy({ RoleName: "execution", PolicyName: "least", PolicyDocument: made.stdout });
    const { code, stdout } = await run(auditor, "check", "deploy/web.json", "--format", "json");
    assert.deepEqual([code, rulesIn(stdout)], [0, [["json-key-not-seen"]]]);
    const all = JSON.parse((await run(auditor, "policy", "deploy/web.json", "--all")).stdout);
    assert.deepEqual(Object.keys(all), ["executionPolicy", "trustPolicy", "resourcePolicies"]);
    assert.equal((await run(auditor, "policy", "deploy/web.json", "--format", "yaml")).code, 2);
    assert.equal(await valueReads(), 0);
  });

  await t.test("as Terraform it is formatted as Terraform formats it", { skip: noTerraform }, async () => {
    const { code, stdout, stderr } = await run(auditor, "policy", "deploy/web.json", "--format", "terraform");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^data "aws_iam_policy_document" "web_execution" \{/);
    const terraform = spawn("terraform", ["fmt", "-check", "-diff", "-"], { stdio: ["pipe", "pipe", "inherit"] });
    terraform.stdin.end(stdout);
    const [difference, [status]] = await Promise.all([text(terraform.stdout), once(terraform, "close")]);
    assert.equal(status, 0, difference);
  });

  await t.test("what the caller may not see is told, and fails the command with --strict only", async () => {
    const actions = reading.filter((action) => action !== "kms:DescribeKey");
    const blind = await user("blind", actions);
    const { code, stdout } = await run(blind, "check", "deploy/web.json", "--format", "json");
    const [{ findings }] = JSON.parse(stdout).definitions;
    assert.equal(code, 0);
    assert.deepEqual(
      findings.map(({ rule, severity }: { rule: string; severity: string }) => [rule, severity]),
      [["not-seen", "unknown"]],
    );
    assert.match(
      findings[0].message,
      /^Not known \(for 2 members of the definition\): kms:DescribeKey on .*AccessDenied/,
    );
    assert.equal((await run(blind, "check", "deploy/web.json", "--strict")).code, 1);
  });

  await t.test("values are read with --values, and not shown", async () => {
    const { accessKeyId, secretAccessKey } = aws.credentials;
    const root = { accessKeyId, secretAccessKey };
    const { code, stdout, stderr } = await run(root, "check", "deploy/web.json", "--values", "--format", "json");
    assert.deepEqual([code, rulesIn(stdout)], [0, [["json-value-changed"]]], stderr);
    assert.ok((await valueReads()) > 0);
    const denied = await run(auditor, "check", "deploy/web.json", "--values", "--format", "json");
    assert.deepEqual([denied.code, rulesIn(denied.stdout)], [0, [["not-seen"]]]);
  });

  await t.test("credentials that AWS does not know, and files that are not there, are wrong use", async () => {
    const unknown = { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "x" };
    const refused = await run(unknown, "check", "deploy/web.json");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^sealift: Cannot use AWS with these credentials: InvalidClientTokenId/);
    for (const [asked, says] of [
      ["deploy", /it is a folder; "deploy\/\*\.json" names its files/],
      ["deploy/none.json", /Cannot find the file "deploy\/none\.json"/],
      ["none/*.json", /Cannot find a file that matches/],
      ["nobody", /Cannot find the file or the task definition "nobody"/],
    ] as const) {
      const { code, stderr } = await run(auditor, "check", asked);
      assert.equal(code, 2, asked);
      assert.match(stderr, says);
    }
  });
});
