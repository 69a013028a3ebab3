import type { Clients } from "../../support/authorized-plane.ts";
import { testAccount, testRegion } from "../../support/in-process.ts";

export const versionId = "11111111-1111-4111-8111-111111111111";
export const rotationFunction = `arn:aws:lambda:${testRegion}:${testAccount}:function:sealift-rotate-password`;
export const roleArn = `arn:aws:iam::${testAccount}:role/app`;
export const Tags = [{ Key: "team", Value: "web" }];

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${testAccount}:root`, Service: "ecs-tasks.amazonaws.com" } },
    Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
  },
});

/** Makes the resources that the tests' requests name. */
export async function makeNamed({ ecr, ecs, iam, kms, logs, secrets, ssm }: Clients): Promise<void> {
  const { KeyMetadata } = await kms.createKey({});
  await kms.createAlias({ AliasName: "alias/app", TargetKeyId: KeyMetadata!.KeyId! });
  await ssm.putParameter({ Name: "/app/db", Type: "String", Value: "v", Tags });
  await ssm.putParameter({ Name: "/app/key", Type: "SecureString", Value: "v", KeyId: "alias/app" });
  const secret = { Name: "app", SecretString: "{}", KmsKeyId: "alias/app", ClientRequestToken: versionId, Tags };
  await secrets.createSecret(secret);
  const RotationRules = { AutomaticallyAfterDays: 30 };
  const rotation = { SecretId: "app", RotationLambdaARN: rotationFunction, RotateImmediately: false, RotationRules };
  await secrets.rotateSecret(rotation);
  await iam.createRole({ RoleName: "app", AssumeRolePolicyDocument: trust, Tags });
  await logs.createLogGroup({ logGroupName: "app", tags: { team: "web" } });
  await ecr.createRepository({ repositoryName: "app", tags: Tags });
  await ecs.createCluster({ clusterName: "app", tags: [{ key: "team", value: "web" }] });
  await ecs.registerTaskDefinition({
    ...{ family: "app", cpu: "256", memory: "512", executionRoleArn: roleArn },
    containerDefinitions: [{ name: "web", image: "busybox", memory: 64 }],
  });
}
