import { ECS, type Service } from "@aws-sdk/client-ecs";
import { ConfigError } from "../server/config.ts";
import { isNamed } from "../services/ecs/index.ts";
import { type Connection, type ConnectionFlags, connect } from "./connection.ts";
import { definitionReferences } from "./held/definitions.ts";
import { clusters, type Holder, holders } from "./held/holders.ts";
import { allPages, partsOf } from "./pages.ts";

export interface RedeployFlags extends ConnectionFlags {
  readonly using?: string;
  readonly stale?: boolean;
  readonly cluster?: string;
}

/** Forces a deployment of every service that uses a secret or parameter, or whose tasks hold older versions. */
export async function redeploy({ using, stale, cluster, ...flags }: RedeployFlags): Promise<void> {
  if ((using === undefined) === (stale !== true)) {
    throw new ConfigError("Say which services to redeploy: --using <secret>, or --stale");
  }
  const connection = connect(flags);
  const ecs = new ECS(connection.config);
  try {
    const tasks = await connection.reached(holders(connection, cluster));
    const services = await activeServices(ecs, cluster === undefined ? await clusters(ecs) : [cluster]);
    const chosen =
      using === undefined
        ? services.filter((one) => isStale(one, tasks))
        : await users(connection, using, services, tasks);
    if (chosen.length === 0 && using !== undefined) throw new ConfigError(`Cannot find a service that uses "${using}"`);
    for (const { clusterArn, serviceName, serviceArn } of chosen) {
      await ecs.updateService({ cluster: clusterArn, service: serviceArn, forceNewDeployment: true });
      process.stdout.write(`${serviceName}\n`);
    }
  } finally {
    ecs.destroy();
  }
}

async function activeServices(ecs: ECS, of: readonly string[]): Promise<readonly Service[]> {
  const found: Service[] = [];
  for (const cluster of of) {
    const arns = await allPages(async (nextToken) => {
      const answer = await ecs.listServices({ cluster, nextToken, maxResults: 100 });
      return { items: answer.serviceArns, next: answer.nextToken };
    });
    for (const part of partsOf(arns, 10)) {
      const { services = [] } = await ecs.describeServices({ cluster, services: [...part] });
      found.push(...services.filter(({ status }) => status === "ACTIVE"));
    }
  }
  return found;
}

function tasksOf({ clusterArn, serviceName }: Service, tasks: readonly Holder[]): readonly Holder[] {
  return tasks.filter((task) => task.clusterArn === clusterArn && task.service === serviceName);
}

function isStale(service: Service, tasks: readonly Holder[]): boolean {
  return tasksOf(service, tasks).some(({ secrets }) => secrets.some(({ state }) => state === "stale"));
}

/** Those whose definition references it, or whose tasks hold it. */
async function users(
  connection: Connection,
  using: string,
  services: readonly Service[],
  tasks: readonly Holder[],
): Promise<readonly Service[]> {
  const own = services.flatMap(({ taskDefinition }) => taskDefinition ?? []);
  const definitions = await definitionReferences(connection, own);
  return services.filter((service) => {
    const holds = tasksOf(service, tasks).some(({ secrets }) => secrets.some(({ arn }) => isNamed(arn, using)));
    const references = definitions.get(service.taskDefinition ?? "") ?? [];
    return holds || references.some((one) => one.id === using || one.valueFrom === using || isNamed(one.id, using));
  });
}
