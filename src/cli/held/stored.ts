import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { defined } from "../../defined.ts";
import type { Connection } from "../connection.ts";
import { allPages, forEachOf } from "../pages.ts";

/** A secret or a parameter as its store has it. No value of it is read. */
export interface Stored {
  readonly kind: "secret" | "parameter";
  readonly arn: string;
  readonly name: string;
  /** The id of AWSCURRENT, or the number; absent where a secret has no current version. */
  readonly version?: string;
  /** RFC 3339: when that version was made. */
  readonly since?: string;
}

export async function storedSecrets({ config }: Connection): Promise<readonly Stored[]> {
  const secretsManager = new SecretsManager(config);
  const ssm = new SSM(config);
  try {
    const secrets = await allPages(async (NextToken) => {
      const answer = await secretsManager.listSecrets({ NextToken, MaxResults: 100 });
      return { items: answer.SecretList, next: answer.NextToken };
    });
    const parameters = await allPages(async (NextToken) => {
      const answer = await ssm.describeParameters({ NextToken, MaxResults: 50 });
      return { items: answer.Parameters, next: answer.NextToken };
    });
    return [
      ...(await forEachOf(secrets, async ({ ARN = "", Name = "", SecretVersionsToStages = {} }): Promise<Stored> => {
        const version = Object.entries(SecretVersionsToStages).find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];
        const { Versions = [] } = await secretsManager.listSecretVersionIds({ SecretId: ARN, MaxResults: 100 });
        const made = Versions.find(({ VersionId }) => VersionId === version)?.CreatedDate;
        return { kind: "secret", arn: ARN, name: Name, ...defined({ version, since: made?.toISOString() }) };
      })),
      ...parameters.map(
        ({ ARN = "", Name = "", Version, LastModifiedDate }): Stored => ({
          ...{ kind: "parameter", arn: ARN, name: Name },
          ...defined({ version: Version?.toString(), since: LastModifiedDate?.toISOString() }),
        }),
      ),
    ];
  } finally {
    secretsManager.destroy();
    ssm.destroy();
  }
}
