import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { ECR } from "@aws-sdk/client-ecr";
import type { ECS } from "@aws-sdk/client-ecs";
import type { IAM } from "@aws-sdk/client-iam";
import type { KMS } from "@aws-sdk/client-kms";
import type { Organizations } from "@aws-sdk/client-organizations";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";

/** The SDK's clients, each loaded and made when it is first used: loading one takes longer than most calls. */
export interface Clients {
  /** The region of the clients that are asked for none. */
  readonly region: string;
  iam(): Promise<IAM>;
  sts(): Promise<STS>;
  organizations(): Promise<Organizations>;
  ecs(): Promise<ECS>;
  secretsManager(region: string): Promise<SecretsManager>;
  ssm(region: string): Promise<SSM>;
  kms(region: string): Promise<KMS>;
  ecr(region: string): Promise<ECR>;
  logs(region: string): Promise<CloudWatchLogs>;
  [Symbol.dispose](): void;
}

export interface ClientOptions {
  readonly region: string;
  /** The SDK's own choice if absent: `AWS_ENDPOINT_URL`, then AWS. */
  readonly endpoint?: string;
  /** The SDK's default chain if absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function sdkClients(options: ClientOptions): Clients {
  const made = new Map<string, Promise<{ destroy(): void }>>();
  function client<Client extends { destroy(): void }>(
    name: string,
    region: string,
    make: (config: ClientOptions) => Promise<Client>,
  ): Promise<Client> {
    const key = `${name} ${region}`;
    const known = made.get(key) as Promise<Client> | undefined;
    const making = known ?? make({ ...options, region });
    made.set(key, making);
    return making;
  }
  const { region } = options;
  return {
    region,
    iam: () => client("iam", region, async (config) => new (await import("@aws-sdk/client-iam")).IAM(config)),
    sts: () => client("sts", region, async (config) => new (await import("@aws-sdk/client-sts")).STS(config)),
    organizations: () =>
      client("organizations", region, async (config) => {
        return new (await import("@aws-sdk/client-organizations")).Organizations(config);
      }),
    ecs: () => client("ecs", region, async (config) => new (await import("@aws-sdk/client-ecs")).ECS(config)),
    secretsManager: (region) =>
      client("secretsmanager", region, async (config) => {
        return new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(config);
      }),
    ssm: (region) => client("ssm", region, async (config) => new (await import("@aws-sdk/client-ssm")).SSM(config)),
    kms: (region) => client("kms", region, async (config) => new (await import("@aws-sdk/client-kms")).KMS(config)),
    ecr: (region) => client("ecr", region, async (config) => new (await import("@aws-sdk/client-ecr")).ECR(config)),
    logs: (region) =>
      client("logs", region, async (config) => {
        return new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(config);
      }),
    [Symbol.dispose]() {
      for (const making of made.values()) void making.then((one) => one.destroy(), ignore);
      made.clear();
    },
  };
}

/** A client that could not be made has nothing to close; who asked for it got the error. */
function ignore(): void {}
