import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";

/** The name of the parameter and of the secret, as in AWS's own walk-through. */
export const exampleName = "awsExampleParameter";

export const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "", Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** The execution role's policy. It allows to read one parameter, and the secrets of one name. */
export function readPolicy(region: string, account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["ssm:GetParameters", "secretsmanager:GetSecretValue"],
        Resource: [
          `arn:aws:ssm:${region}:${account}:parameter/${exampleName}`,
          `arn:aws:secretsmanager:${region}:${account}:secret:${exampleName}*`,
        ],
      },
    ],
  });
}

/** A task definition as one would register it on AWS; the label is for machines without a Docker Engine. */
export function taskDefinition(options: {
  readonly image: string;
  readonly collector: string;
  readonly region: string;
  readonly account: string;
  readonly roleArn: string;
}): RegisterTaskDefinitionCommandInput {
  const { region, account } = options;
  return {
    family: "quickstart",
    requiresCompatibilities: ["EC2"],
    networkMode: "awsvpc",
    executionRoleArn: options.roleArn,
    containerDefinitions: [
      {
        name: "web",
        image: options.image,
        memory: 128,
        essential: true,
        stopTimeout: 2,
        portMappings: [{ containerPort: 80, protocol: "tcp" }],
        dockerLabels: { "sealift.process.command": JSON.stringify(["/bin/sh", "-c", "env; exec sleep 86400"]) },
        logConfiguration: {
          logDriver: "splunk",
          options: { "splunk-url": options.collector },
          secretOptions: [
            { name: "splunk-token", valueFrom: `arn:aws:secretsmanager:${region}:${account}:secret:${exampleName}` },
          ],
        },
        secrets: [
          { name: "DATABASE_PASSWORD", valueFrom: `arn:aws:ssm:${region}:${account}:parameter/${exampleName}` },
        ],
      },
    ],
  };
}
