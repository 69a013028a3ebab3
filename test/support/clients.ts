import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Organizations } from "@aws-sdk/client-organizations";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { Signin } from "@aws-sdk/nested-clients/signin";
import type { AwsAccess } from "./aws-cli.ts";

/** The SDK's clients for a server. */
export function clientsOf({ endpoint, region, credentials }: AwsAccess) {
  const config = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    ssm: new SSM(config),
    secretsManager: new SecretsManager(config),
    kms: new KMS(config),
    iam: new IAM(config),
    sts: new STS(config),
    ecr: new ECR(config),
    ecs: new ECS(config),
    logs: new CloudWatchLogs(config),
    cloudTrail: new CloudTrail(config),
    signin: new Signin(config),
    organizations: new Organizations(config),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

/** A statement that allows the actions. */
export function allow(actions: readonly string[], resources: readonly string[] = ["*"]) {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

/** A policy document of these statements. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The trust policy of a role that this service may assume. */
export function trust(service = "ecs-tasks.amazonaws.com"): string {
  return policy({ Sid: "", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
}

/** Makes a role with one inline policy and resolves to its ARN. */
export async function createRole(
  { iam }: Clients,
  name: string,
  statements: readonly object[],
  service?: string,
): Promise<string> {
  const { Role } = await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trust(service) });
  if (statements.length > 0) {
    await iam.putRolePolicy({ RoleName: name, PolicyName: "inline", PolicyDocument: policy(...statements) });
  }
  return Role!.Arn!;
}
