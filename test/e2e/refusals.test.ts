import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secret } from "@aws-sdk/client-ecs";
import { allow, type Clients, clientsOf, createRole } from "../support/clients.ts";
import { containersOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { openEmptyRegistry } from "../support/registry.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { runForever, runTask, waitForTask } from "../support/tasks.ts";

const account = "123456789012";
const canary = "canary-value-of-refusals";
const parameterArn = (name: string) => `arn:aws:ssm:us-east-1:${account}:parameter/${name}`;
const secretArn = (rest: string) => `arn:aws:secretsmanager:us-east-1:${account}:secret:${rest}`;

const readBoth = allow(["ssm:GetParameters", "secretsmanager:GetSecretValue"]);
const decrypt = allow(["kms:Decrypt"]);

/** Statements of the roles that the cases name. */
const roles = {
  reader: [readBoth, decrypt],
  "no-ssm": [allow(["secretsmanager:GetSecretValue"])],
  "no-secrets-manager": [allow(["ssm:GetParameters"])],
  "no-kms": [readBoth],
  denied: [readBoth, { ...allow(["secretsmanager:GetSecretValue"]), Effect: "Deny" }],
  distrusting: [readBoth],
} as const;

/** ARNs that are known only once the stores have been filled. */
interface Stored {
  readonly versionId: string;
}

interface Refusal {
  readonly what: string;
  readonly role?: keyof typeof roles;
  readonly valueFrom?: string | ((stored: Stored) => string);
  /** The second container's `valueFrom`; the first container has `valueFrom`. */
  readonly laterValueFrom?: string;
  readonly image?: (registry: string) => string;
  readonly ec2: RegExp;
  /** After Fargate's prefix, which is checked for all but those with `bare`. */
  readonly fargate: RegExp;
  readonly bare?: boolean;
}

const missingSecret = secretArn("nothing");
const invalidArn =
  /an invalid ARN format for the AWS Secrets Manager secret was specified\. Specify a valid ARN and try again\.$/;

const refusals: readonly Refusal[] = [
  {
    what: "a role without ssm:GetParameters",
    role: "no-ssm",
    valueFrom: parameterArn("there"),
    ec2: /^Fetching secret data from SSM Parameter Store in us-east-1: operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: \S+, api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/no-ssm\/[0-9a-f]{32} is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:123456789012:parameter\/there because no identity-based policy allows the ssm:GetParameters action$/,
    fargate:
      /^unable to retrieve secrets from ssm: .*AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/no-ssm\/[0-9a-f]{32} is not authorized to perform: ssm:GetParameters on/,
  },
  {
    what: "a role without secretsmanager:GetSecretValue",
    role: "no-secrets-manager",
    valueFrom: secretArn("there"),
    ec2: /^Secret arn:aws:secretsmanager:us-east-1:123456789012:secret:there: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: \S+, api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/no-secrets-manager\/[0-9a-f]{32} is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:123456789012:secret:there.* because no identity-based policy allows the secretsmanager:GetSecretValue action: operation error /,
    fargate:
      /^unable to retrieve secret from asm: .*failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:there from secrets manager: .*AccessDeniedException: .*no identity-based policy allows/,
  },
  {
    what: "a role whose policy denies explicitly",
    role: "denied",
    valueFrom: secretArn("there"),
    ec2: /AccessDeniedException: .*with an explicit deny in an identity-based policy/,
    fargate: /AccessDeniedException: .*with an explicit deny in an identity-based policy/,
  },
  {
    what: "a role that trusts ecs.amazonaws.com in place of ecs-tasks.amazonaws.com",
    role: "distrusting",
    valueFrom: parameterArn("there"),
    ec2: /unable to assume the role 'arn:aws:iam::123456789012:role\/distrusting'/,
    fargate: /unable to assume the role 'arn:aws:iam::123456789012:role\/distrusting'/,
    bare: true,
  },
  {
    what: "a parameter that does not exist",
    valueFrom: parameterArn("nothing"),
    ec2: /^Fetching secret data from SSM Parameter Store in us-east-1: invalid parameters: \S*nothing$/,
    fargate: /^unable to retrieve secrets from ssm: .*invalid ssm parameters: \S*nothing$/,
  },
  {
    what: "a secret that does not exist",
    valueFrom: missingSecret,
    ec2: /^ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:123456789012:secret:nothing' from AWS Secrets Manager\. Check whether the secret exists in the specified Region: operation error /,
    fargate:
      /^unable to retrieve secret from asm: .*ResourceNotFoundException: Secrets Manager can't find the specified secret\.$/,
  },
  {
    what: "a JSON key that does not exist",
    valueFrom: `${secretArn("json")}:absent::`,
    ec2: /^Retrieved secret from Secrets Manager did not contain json key absent$/,
    fargate: /retrieved secret from Secrets Manager did not contain json key absent$/,
  },
  {
    what: "a JSON key of a secret that is not JSON",
    valueFrom: `${secretArn("there")}:key::`,
    ec2: /^Invalid character 'c' looking for beginning of value$/,
    fargate: /invalid character 'c' looking for beginning of value$/,
  },
  {
    what: "a version stage that does not exist",
    valueFrom: `${secretArn("there")}::AWSNEXT:`,
    ec2: /^ResourceNotFoundException: .*Secrets Manager can't find the specified secret value for staging label: AWSNEXT$/,
    fargate:
      /ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSNEXT$/,
  },
  {
    what: "a version id that does not exist",
    valueFrom: `${secretArn("there")}:::00000000-0000-4000-8000-000000000000`,
    ec2: /^ResourceNotFoundException: .*Secrets Manager can't find the specified secret value for VersionId: 00000000-/,
    fargate:
      /ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: 00000000-/,
  },
  {
    what: "a version that does not have the stage",
    valueFrom: ({ versionId }) => `${secretArn("there")}::AWSPREVIOUS:${versionId}`,
    ec2: /Exception: .*(version|staging label|VersionId)/i,
    fargate: /Exception: .*(version|staging label|VersionId)/i,
  },
  {
    what: "a parameter whose KMS key is disabled",
    valueFrom: parameterArn("disabled"),
    ec2: /^Fetching secret data from SSM Parameter Store in us-east-1: .*(InvalidKeyId|KMS).*is disabled/,
    fargate: /^unable to retrieve secrets from ssm: .*(InvalidKeyId|KMS).*is disabled/,
  },
  {
    what: "a secret whose KMS key is disabled",
    valueFrom: secretArn("disabled"),
    ec2: /^Secret arn:\S+:secret:disabled: .*, DecryptionFailure: Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+:key\/\S+ is disabled\./,
    fargate:
      /^unable to retrieve secret from asm: .*DecryptionFailure: Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+:key\/\S+ is disabled\./,
  },
  {
    what: "a parameter whose KMS key the role may not use",
    role: "no-kms",
    valueFrom: parameterArn("guarded"),
    ec2: /^Fetching secret data from SSM Parameter Store in us-east-1: .*AccessDeniedException: .*(kms:Decrypt|KMS)/,
    fargate: /^unable to retrieve secrets from ssm: .*AccessDeniedException: .*(kms:Decrypt|KMS)/,
  },
  {
    what: "a secret whose KMS key the role may not use",
    role: "no-kms",
    valueFrom: secretArn("guarded"),
    ec2: /^Secret arn:\S+:secret:guarded: .*AccessDeniedException: .*(kms:Decrypt|KMS)/,
    fargate: /^unable to retrieve secret from asm: .*AccessDeniedException: .*(kms:Decrypt|KMS)/,
  },
  {
    what: "an ARN with too few parts",
    valueFrom: `${secretArn("there")}:key:`,
    ec2: new RegExp(`^Trying to retrieve secret with value \\S+:there:key: resulted in error: ${invalidArn.source}`),
    fargate: invalidArn,
  },
  {
    what: "an ARN with too many parts",
    valueFrom: `${secretArn("there")}:key::::`,
    ec2: new RegExp(`^Trying to retrieve secret with value \\S+:there:key:::: resulted in error: ${invalidArn.source}`),
    fargate: invalidArn,
  },
  {
    what: "a value with a NUL character, which no environment can hold",
    valueFrom: secretArn("nul"),
    ec2: /the value of environment variable "VALUE" contains a NUL character/,
    fargate: /the value of environment variable "VALUE" contains a NUL character/,
    bare: true,
  },
  {
    what: "an image that its registry does not have",
    image: (registry) => `${registry}/nothing:latest`,
    ec2: /^(Task failed to start|Essential container in task exited|CannotPullContainerError: .*manifest unknown.*)$/,
    fargate: /CannotPullContainerError: .*manifest unknown/,
    bare: true,
  },
  {
    what: "a later container's secret, though the first could have started",
    valueFrom: parameterArn("there"),
    laterValueFrom: missingSecret,
    ec2: /^ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:\S+:secret:nothing'/,
    fargate: /^unable to retrieve secret from asm: .*ResourceNotFoundException/,
  },
];

const fargatePrefix =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";

const skip = await skipUnless("docker");
test("a task that may not have its secrets is STOPPED with the reason", { skip, timeout: 480_000 }, async (t) => {
  await using sealift = await startSealift({ runtime: "docker", flags: ["--account", account] });
  await using registry = await openEmptyRegistry();
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const clients = clientsOf(sealift);
  const { ecs } = clients;
  const answers: string[] = [];
  recordAnswers(clients, answers);
  const stored = await fillStores(clients);
  for (const [name, statements] of Object.entries(roles)) {
    await createRole(clients, name, statements, name === "distrusting" ? "ecs.amazonaws.com" : undefined);
  }

  for (const [index, refusal] of refusals.entries()) {
    const { role = "reader", valueFrom, laterValueFrom, image } = refusal;
    const first = typeof valueFrom === "function" ? valueFrom(stored) : valueFrom;
    const container = (name: string, secret: string | undefined) => ({
      name,
      image: image?.(registry.host) ?? "httpd",
      memory: 64,
      command: runForever,
      ...(secret !== undefined && { secrets: [{ name: "VALUE", valueFrom: secret }] satisfies Secret[] }),
    });
    const definition = {
      networkMode: "awsvpc" as const,
      executionRoleArn: `arn:aws:iam::${account}:role/${role}`,
      containerDefinitions: [
        container("first", first),
        ...(laterValueFrom === undefined ? [] : [container("later", laterValueFrom)]),
      ],
    };
    for (const launchType of ["EC2", "FARGATE"] as const) {
      await t.test(`${launchType}: ${refusal.what}`, async () => {
        const family = `refusal-${index}-${launchType}`;
        const size = launchType === "FARGATE" ? { cpu: "256", memory: "512" } : {};
        await ecs.registerTaskDefinition({ family, requiresCompatibilities: [launchType], ...size, ...definition });
        const taskArn = await runTask(ecs, { taskDefinition: family, launchType });
        const { stopCode, stoppedReason = "", containers = [] } = await waitForTask(ecs, taskArn, "STOPPED");
        assert.equal(stopCode, "TaskFailedToStart", stoppedReason);
        assert.deepEqual(await containersOf(docker, taskArn), [], "nothing of the task runs");
        // If one container alone failed, the reason stands with that container.
        const told = refusal.bare ? [stoppedReason, ...containers.map(({ reason = "" }) => reason)] : [stoppedReason];
        if (launchType === "EC2" || refusal.bare) {
          const wanted = launchType === "EC2" ? refusal.ec2 : refusal.fargate;
          assert.ok(
            told.some((reason) => wanted.test(reason)),
            `${JSON.stringify(told)} does not match ${wanted}`,
          );
        } else {
          assert.equal(stoppedReason.slice(0, fargatePrefix.length), fargatePrefix, stoppedReason);
          assert.match(stoppedReason.slice(fargatePrefix.length), refusal.fargate);
        }
      });
    }
  }

  await t.test("no value stands in an answer of ECS or in what the server logs", () => {
    assert.ok(answers.length > refusals.length * 4);
    assert.deepEqual(
      [...answers, sealift.stdout(), sealift.stderr()].filter((text) => text.includes(canary)),
      [],
    );
  });
});

async function fillStores({ ssm, secretsManager, kms }: Clients): Promise<Stored> {
  const key = async () => (await kms.createKey({})).KeyMetadata!.KeyId!;
  const [guarded, disabled] = await Promise.all([key(), key()]);
  const parameter = (Name: string, KeyId?: string) =>
    ssm.putParameter({ Name, Value: canary, Type: "SecureString", ...(KeyId && { KeyId }) });
  const secret = (Name: string, SecretString: string, KmsKeyId?: string) =>
    secretsManager.createSecret({ Name, SecretString, ...(KmsKeyId && { KmsKeyId }) });
  const [{ VersionId }] = await Promise.all([
    secret("there", canary),
    secret("json", JSON.stringify({ present: canary })),
    secret("nul", `${canary}\0end`),
    secret("guarded", canary, guarded),
    secret("disabled", canary, disabled),
    parameter("there"),
    parameter("guarded", guarded),
    parameter("disabled", disabled),
  ]);
  await kms.disableKey({ KeyId: disabled });
  return { versionId: VersionId! };
}

/** Keeps everything that ECS answers from now on. */
function recordAnswers({ ecs }: Clients, answers: string[]): void {
  ecs.middlewareStack.add(
    (next) => async (request) => {
      try {
        const result = await next(request);
        answers.push(JSON.stringify(result.output));
        return result;
      } catch (error) {
        answers.push(String(error));
        throw error;
      }
    },
    { step: "initialize" },
  );
}
