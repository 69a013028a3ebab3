import type { Scope } from "./key.ts";

/** Services here that encrypt with KMS. */
export type EncryptingService = "secretsmanager" | "ssm";

/**
 * Services of AWS whose managed key is made at first use, each with what the key protects, and with its name in
 * `kms:ViaService` where that is another. Of other services nobody but DescribeKey and the like uses the key here.
 */
const managed = {
  acm: ["ACM private keys"],
  dynamodb: ["DynamoDB data"],
  ebs: ["EBS volumes", "ec2"],
  elasticfilesystem: ["EFS filesystems"],
  es: ["Elasticsearch data"],
  glue: ["Glue data"],
  kinesisvideo: ["Kinesis Video Streams data"],
  lambda: ["Lambda functions"],
  rds: ["RDS database volumes"],
  redshift: ["Redshift clusters"],
  s3: ["S3 objects"],
  secretsmanager: ["Secrets Manager data"],
  ssm: ["SSM parameters"],
  xray: ["X-Ray data"],
} as const satisfies Record<string, readonly [protects: string, via?: string]>;

export type ManagedService = keyof typeof managed;

export const managedServices = Object.keys(managed) as readonly ManagedService[];

/** The service whose managed key has this alias. */
export function managedService(aliasName: string): ManagedService | undefined {
  return managedServices.find((service) => managedAlias(service) === aliasName);
}

export function managedAlias(service: ManagedService): string {
  return `alias/aws/${service}`;
}

/** The value of `kms:ViaService` for a service. */
export function viaService(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com`;
}

export function servicePrincipal(service: EncryptingService | "logs"): string {
  return `${service}.amazonaws.com`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultKeyPolicy(scope: Scope): string {
  return document("key-default-1", [
    { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: root(scope), Action: "kms:*", Resource: "*" },
  ]);
}

export function managedKeyDescription(service: ManagedService): string {
  return `Default key that protects my ${managed[service][0]} when no other key is defined`;
}

/** The key policy of an AWS managed key: use through the service only, for everyone in the account. */
export function managedKeyPolicy(service: ManagedService, scope: Scope): string {
  if (service === "ssm" || service === "secretsmanager") return managedPolicies[service](scope);
  const [, via = service] = managed[service];
  const operations = ["Encrypt", "Decrypt", "ReEncrypt*", "GenerateDataKey*", "CreateGrant", "DescribeKey"];
  const condition = { "kms:ViaService": viaService(via, scope.region), "kms:CallerAccount": scope.account };
  return document(`auto-${service}-1`, [
    throughService(service.toUpperCase(), operations, { StringEquals: condition }),
    metadata(scope),
  ]);
}

const managedPolicies: Readonly<Record<EncryptingService, (scope: Scope) => string>> = {
  ssm: (scope) =>
    document("auto-ssm-1", [
      throughService("SSM", ["Encrypt", "Decrypt", "ReEncrypt*", "GenerateDataKey*", "DescribeKey"], {
        StringEquals: { "kms:ViaService": viaService("ssm", scope.region), "kms:CallerAccount": scope.account },
      }),
      metadata(scope),
    ]),
  secretsmanager: (scope) =>
    document("auto-secretsmanager-2", [
      throughService("AWS Secrets Manager", ["Encrypt", "Decrypt", "ReEncrypt*", "CreateGrant", "DescribeKey"], {
        StringEquals: {
          "kms:ViaService": viaService("secretsmanager", scope.region),
          "kms:CallerAccount": scope.account,
        },
      }),
      {
        ...throughService("AWS Secrets Manager", ["GenerateDataKey*"], {
          StringEquals: { "kms:CallerAccount": scope.account },
          StringLike: { "kms:ViaService": viaService("secretsmanager", "*") },
        }),
        // AWS has the same Sid twice, which it refuses in other policies.
        Sid: undefined,
      },
      metadata(scope),
    ]),
};

function throughService(name: string, operations: readonly string[], condition: object): object {
  return {
    Sid: `Allow access through ${name} for all principals in the account that are authorized to use ${name}`,
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    Condition: condition,
  };
}

function metadata(scope: Scope): object {
  return {
    Sid: "Allow direct access to key metadata to the account",
    Effect: "Allow",
    Principal: root(scope),
    Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
    Resource: "*",
  };
}

function root({ partition, account }: Scope): object {
  return { AWS: `arn:${partition}:iam::${account}:root` };
}

function document(id: string, statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Id: id, Statement: statements }, undefined, 2);
}
