import {
  CreateServiceCommand,
  type ECS,
  RunTaskCommand,
  StartTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { reconcileServices } from "../../../src/services/ecs/services/reconcile-services.ts";
import { openEcs, startFakeAgent, type TestEcs } from "../../../src/services/ecs/test-support.fixture.ts";

export type Input = Readonly<Record<string, unknown>>;
export type Operation = "RunTask" | "StartTask" | "CreateService" | "UpdateService";

const role = "arn:aws:iam::111122223333:role/app";
const awsvpcConfiguration = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
const capabilities = [
  ...["secrets.ssm.environment-variables", "task-eni", "task-cpu-mem-limit", "env-files.s3", "container-ordering"].map(
    (name) => `ecs.capability.${name}`,
  ),
  ...["task-iam-role", "docker-remote-api.1.17", "docker-remote-api.1.18", "docker-remote-api.1.19"].map(
    (name) => `com.amazonaws.ecs.capability.${name}`,
  ),
  ...["com.amazonaws.ecs.capability.docker-remote-api.1.21", "sealift.fargate"],
];

/** A cluster with two agents, definitions for both launch types, and a service `there`. */
async function openWorld(): Promise<
  TestEcs & { readonly agents: readonly Awaited<ReturnType<typeof startFakeAgent>>[] }
> {
  const own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({ capacityProviders: ["FARGATE", "FARGATE_SPOT"] });
  await ecs.createCluster({ clusterName: "empty" });
  const container = { name: "app", image: "nginx", memory: 128, portMappings: [{ containerPort: 80, name: "http" }] };
  const shared = { containerDefinitions: [container], executionRoleArn: role, tags: [{ key: "from", value: "task" }] };
  const fargate = { networkMode: "awsvpc" as const, cpu: "256", memory: "512", ...shared };
  await ecs.registerTaskDefinition({ family: "web", requiresCompatibilities: ["FARGATE"], ...fargate });
  await ecs.registerTaskDefinition({ family: "web2", requiresCompatibilities: ["FARGATE"], ...fargate });
  await ecs.registerTaskDefinition({ family: "plain", ...shared });
  const attributes = capabilities.map((name) => ({ name }));
  const agents = [await startFakeAgent(own, { attributes }), await startFakeAgent(own, { attributes, memory: 2000 })];
  const network = { networkConfiguration: { awsvpcConfiguration } };
  await ecs.createService({
    serviceName: "there",
    taskDefinition: "web",
    desiredCount: 1,
    launchType: "FARGATE",
    ...network,
  });
  await reconcileServices(own.context);
  for (const agent of agents) await agent.obey();
  return { ...own, agents };
}

const commands = {
  RunTask: RunTaskCommand,
  StartTask: StartTaskCommand,
  CreateService: CreateServiceCommand,
  UpdateService: UpdateServiceCommand,
} as const;

/** The least input of each operation, to which samples are added. */
function leastInput(operation: Operation, agents: readonly { readonly arn: string }[]): Input {
  const network = { networkConfiguration: { awsvpcConfiguration } };
  switch (operation) {
    case "RunTask":
      return { taskDefinition: "web", launchType: "FARGATE", ...network };
    case "StartTask":
      return { taskDefinition: "plain", containerInstances: [agents[0]!.arn] };
    case "CreateService":
      return { serviceName: "new", taskDefinition: "web", desiredCount: 1, launchType: "FARGATE", ...network };
    case "UpdateService":
      return { service: "there" };
  }
}

/**
 * What an input with these members leads to: the refusal, or what Describe shows of it and what its agents are told, without
 * ids and times.
 */
export async function outcome(
  operation: Operation,
  change: (input: Input, own: { agents: string[] }) => Input,
): Promise<string> {
  await using own = await openWorld();
  const { ecs, agents } = own;
  const input = change(leastInput(operation, agents), { agents: agents.map(({ arn }) => arn) });
  try {
    const answer = await (ecs as ECS).send(new (commands[operation] as typeof RunTaskCommand)(input as never));
    return masked({ ...(await seen(own)), failures: answer.failures?.map(({ reason }) => reason) });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `refused: ${error.message}`;
  }
}

async function seen({ ecs, context, agents }: Awaited<ReturnType<typeof openWorld>>): Promise<object> {
  await reconcileServices(context);
  for (const agent of agents) await agent.session().idle();
  const tasks = [];
  const services = [];
  for (const cluster of ["default", "empty"]) {
    const { taskArns = [] } = await ecs.listTasks({ cluster });
    if (taskArns.length > 0)
      tasks.push(...(await ecs.describeTasks({ cluster, tasks: taskArns, include: ["TAGS"] })).tasks!);
    const { serviceArns = [] } = await ecs.listServices({ cluster });
    if (serviceArns.length > 0) {
      services.push(...(await ecs.describeServices({ cluster, services: serviceArns, include: ["TAGS"] })).services!);
    }
  }
  const payloads = agents.map((agent) =>
    agent
      .messages("PayloadMessage")
      .flatMap((message) => message.tasks)
      .map(({ containers, associations, cpu, memory, executionRoleCredentials, roleCredentials }) => ({
        ...{ containers, associations, cpu, memory },
        roles: [executionRoleCredentials?.roleArn, roleCredentials?.roleArn],
      })),
  );
  return { tasks: tasks.map(sortable).sort(), services, payloads };
}

const sortable = (task: object) => masked(task);

function masked(value: object): string {
  return JSON.stringify(value)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|eni-[0-9a-f]+|ecs-svc\/\d+/g, "…")
    .replaceAll(/172[.-]20[.-]\d+[.-]\d+|(02:42(:[0-9a-f]{2}){4})/g, "…");
}
