/** The services of AWS that Sealift serves, as a browser sees them: how each is addressed, and its types. */
export interface Services {
  readonly cloudtrail: typeof import("@aws-sdk/client-cloudtrail");
  readonly ecr: typeof import("@aws-sdk/client-ecr");
  readonly ecs: typeof import("@aws-sdk/client-ecs");
  readonly iam: typeof import("@aws-sdk/client-iam");
  readonly kms: typeof import("@aws-sdk/client-kms");
  readonly logs: typeof import("@aws-sdk/client-cloudwatch-logs");
  readonly organizations: typeof import("@aws-sdk/client-organizations");
  readonly secretsmanager: typeof import("@aws-sdk/client-secrets-manager");
  readonly ssm: typeof import("@aws-sdk/client-ssm");
  readonly sts: typeof import("@aws-sdk/client-sts");
}

/** A service by its signing name. */
export type ServiceName = keyof Services;

export type Protocol =
  | { readonly kind: "json"; readonly targetPrefix: string }
  | { readonly kind: "query"; readonly version: string };

export const protocols: Readonly<Record<ServiceName, Protocol>> = {
  cloudtrail: { kind: "json", targetPrefix: "CloudTrail_20131101" },
  ecr: { kind: "json", targetPrefix: "AmazonEC2ContainerRegistry_V20150921" },
  ecs: { kind: "json", targetPrefix: "AmazonEC2ContainerServiceV20141113" },
  iam: { kind: "query", version: "2010-05-08" },
  kms: { kind: "json", targetPrefix: "TrentService" },
  logs: { kind: "json", targetPrefix: "Logs_20140328" },
  organizations: { kind: "json", targetPrefix: "AWSOrganizationsV20161128" },
  secretsmanager: { kind: "json", targetPrefix: "secretsmanager" },
  ssm: { kind: "json", targetPrefix: "AmazonSSM" },
  sts: { kind: "query", version: "2011-06-15" },
};
