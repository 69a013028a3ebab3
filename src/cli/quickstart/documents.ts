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

export interface DefinitionOptions {
  readonly image: string;
  readonly collector: string;
  readonly region: string;
  readonly account: string;
  readonly roleArn: string;
  /** Of the role that the program itself has; without one the definition has no health check either, which uses it. */
  readonly taskRoleArn?: string;
  /** The task runs as processes of this machine, not as containers. */
  readonly isProcess?: boolean;
}

/** A task definition as one would register it on AWS; the label is for machines without a Docker Engine. */
export function taskDefinition(options: DefinitionOptions): RegisterTaskDefinitionCommandInput {
  const { region, account, taskRoleArn } = options;
  const check = options.isProcess ? [process.execPath, "-e", processCheck] : ["/show-environment", "check"];
  return {
    family: "quickstart",
    requiresCompatibilities: ["EC2"],
    networkMode: "awsvpc",
    executionRoleArn: options.roleArn,
    ...(taskRoleArn !== undefined && { taskRoleArn }),
    containerDefinitions: [
      {
        name: "web",
        image: options.image,
        memory: 128,
        essential: true,
        stopTimeout: 2,
        portMappings: [{ containerPort: 80, protocol: "tcp" }],
        ...(taskRoleArn !== undefined && { healthCheck: { command: ["CMD", ...check], interval: 5 } }),
        dockerLabels: { "sealift.process.command": JSON.stringify([process.execPath, "-e", processProgram]) },
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

/** What the image `sealift/show-environment` does, in JavaScript. */
const session = `fetch(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI ??
  "http://169.254.170.2" + process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)`;
const processProgram = `for (const [name, value] of Object.entries(process.env)) console.log(name + "=" + value);
${session}.then(async (answer) => console.log(await answer.text()));
setInterval(() => {}, 86_400_000);`;
const processCheck = `${session}.then((answer) => process.exit(answer.ok ? 0 : 1));`;
