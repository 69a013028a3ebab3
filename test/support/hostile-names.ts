import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { type Clients, createRole, trust } from "./clients.ts";
import type { Sealift } from "./sealift.ts";
import { until } from "./until.ts";

/** Markup that would call `alert`, and text that turns the direction of what stands after it. */
const markup = '<img src=x onerror="alert(1)">';
const rightToLeft = "\u202eשלום \u2067עולם ";
const sentence = `${markup}${rightToLeft}`;

/** A name without a place to break. */
const wide = (length: number, start = "") => start + "W".repeat(length - start.length);

/**
 * Makes one of everything that the console shows, with the longest names and the worst texts that the API takes. Resolves to what
 * is in the place of each parameter of an address: `:cluster`.
 */
export async function makeHostileThings(
  clients: Clients,
  { endpoint, region, credentials }: Sealift,
): Promise<Readonly<Record<string, string>>> {
  const { ecr, ecs, iam, kms, logs, secretsManager, ssm } = clients;
  const text = (length: number) => sentence + wide(length - sentence.length);
  const parameter = wide(900, "/");
  await ssm.putParameter({
    ...{ Name: parameter, Value: text(4_000), Type: "String", Description: text(1_024) },
    Tags: [{ Key: wide(128), Value: wide(256) }],
  });
  const secret = wide(512);
  const { ARN: secretArn = "" } = await secretsManager.createSecret({
    ...{ Name: secret, Description: text(2_048), SecretString: JSON.stringify({ [sentence]: text(2_048) }) },
  });
  const user = wide(64);
  await iam.createUser({ UserName: user, Path: `/${wide(500)}/` });
  const group = wide(128);
  await iam.createGroup({ GroupName: group });
  await iam.addUserToGroup({ GroupName: group, UserName: user });
  const role = wide(64);
  await createRole(clients, "reader", [{ Effect: "Allow", Action: "*", Resource: "*" }]);
  await iam.createRole({
    RoleName: role,
    AssumeRolePolicyDocument: trust(),
    Description: wide(1_000, "<img src=x onerror=alert(1)>"),
  });
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Sid: "W", Effect: "Allow", Action: "ssm:*", Resource: `arn:aws:ssm:*:*:parameter/${wide(400)}` },
  });
  const inline = { PolicyName: wide(128), PolicyDocument: document };
  await iam.putRolePolicy({ RoleName: role, ...inline });
  await iam.putUserPolicy({ UserName: user, ...inline });
  await iam.putGroupPolicy({ GroupName: group, ...inline });
  const { Policy } = await iam.createPolicy({ PolicyName: wide(128), PolicyDocument: document, Description: markup });
  const policy = Policy?.Arn ?? "";
  await iam.attachRolePolicy({ RoleName: role, PolicyArn: policy });
  await iam.attachUserPolicy({ UserName: user, PolicyArn: policy });
  await iam.attachGroupPolicy({ GroupName: group, PolicyArn: policy });
  const { KeyMetadata } = await kms.createKey({ Description: text(4_096) });
  const key = KeyMetadata?.KeyId ?? "";
  await kms.createAlias({ AliasName: wide(250, "alias/"), TargetKeyId: key });
  const repository = `w${"w".repeat(255)}`;
  await ecr.createRepository({ repositoryName: repository });
  const logGroup = wide(512);
  const stream = `${sentence}${wide(500 - sentence.length)}`.replaceAll(/[:*]/g, "");
  await logs.createLogGroup({ logGroupName: logGroup });
  await logs.createLogStream({ logGroupName: logGroup, logStreamName: stream });
  await logs.putLogEvents({
    ...{ logGroupName: logGroup, logStreamName: stream },
    logEvents: [{ timestamp: Date.now(), message: text(2_048) }],
  });

  const family = wide(255);
  const cluster = "default";
  await ecs.createCluster({ clusterName: wide(255), tags: [{ key: wide(128), value: wide(256) }] });
  const container = wide(255);
  const definition = {
    family,
    executionRoleArn: "reader",
    containerDefinitions: [
      {
        ...{ name: container, image: wide(255).toLowerCase(), memory: 64, essential: true },
        portMappings: [{ containerPort: 80 }],
        command: ["/bin/sh", "-c", `: ${sentence}; exec sleep 600`],
        environment: [{ name: wide(255), value: text(2_048) }],
        secrets: [
          { name: wide(255, "S"), valueFrom: parameter },
          { name: "SECRET", valueFrom: secretArn },
        ],
        dockerLabels: { [sentence]: text(2_048) },
      },
    ],
  };
  await ecs.registerTaskDefinition(definition);
  await ecs.registerTaskDefinition(definition);
  const service = wide(255);
  await ecs.createService({
    serviceName: service,
    taskDefinition: family,
    desiredCount: 1,
    enableECSManagedTags: true,
    loadBalancers: [
      { targetGroupArn: wide(500, "arn:aws:elasticloadbalancing:"), containerName: container, containerPort: 80 },
      { loadBalancerName: text(300), containerName: container, containerPort: 80 },
    ],
  });
  const task = await until("the service has a task", async () => (await ecs.listTasks({})).taskArns?.[0]);
  const { containerInstanceArns } = await ecs.listContainerInstances({});

  // Whoever calls chooses the program's name that the trail shows.
  const trail = new CloudTrail({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    customUserAgent: [[wide(200, "<img>")]],
  });
  await trail.lookupEvents({});
  await ssm.getParameter({ Name: wide(1_000, "/<img src=x>") }).catch(() => {});
  const { Events = [] } = await clients.cloudTrail.lookupEvents({
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "PutParameter" }],
  });
  const last = (arn = "") => arn.split("/").at(-1) ?? "";
  return {
    ...{ cluster, service, family, user, group, role, policy, key, repository, logGroup, stream },
    ...{ name: parameter, secret: secretArn, revision: "2", event: Events[0]?.EventId ?? "" },
    ...{ task: last(task), instance: last(containerInstanceArns?.[0]) },
  };
}
