import type { Scope } from "./key.ts";

/** Services whose AWS managed key is made at first use. */
export const managedServices = ["secretsmanager", "ssm"] as const;
export type ManagedService = (typeof managedServices)[number];

/** The service whose managed key has this alias. */
export function managedService(aliasName: string): ManagedService | undefined {
  return managedServices.find((service) => managedAlias(service) === aliasName);
}

export function managedAlias(service: ManagedService): string {
  return `alias/aws/${service}`;
}

/** The value of `kms:ViaService` for a service. */
export function viaService(service: ManagedService, region: string): string {
  return `${service}.${region}.amazonaws.com`;
}

export function servicePrincipal(service: ManagedService): string {
  return `${service}.amazonaws.com`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultKeyPolicy(scope: Scope): string {
  return document("key-default-1", [
    { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: root(scope), Action: "kms:*", Resource: "*" },
  ]);
}

export const managedKeyDescriptions: Readonly<Record<ManagedService, string>> = {
  ssm: "Default key that protects my SSM parameters when no other key is defined",
  secretsmanager: "Default key that protects my Secrets Manager data when no other key is defined",
};

/** The key policy of an AWS managed key: use through the service only, for everyone in the account. */
export function managedKeyPolicy(service: ManagedService, scope: Scope): string {
  return managedPolicies[service](scope);
}

const managedPolicies: Readonly<Record<ManagedService, (scope: Scope) => string>> = {
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
