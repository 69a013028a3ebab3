import type { Input } from "../../../api/wire.ts";
import { familyOf } from "../../../parts/addresses.ts";
import type { NetworkConfiguration, Service, Tag, TaskDefinition } from "../types.ts";
import { type LoadBalancingForm, loadBalancersOf, loadBalancingFormOf } from "./load-balancers.ts";
import { noPlacement, type PlacementForm, placementFormOf, placementOf } from "./placement.ts";

type Sdk = typeof import("@aws-sdk/client-ecs");

/** Changes some of a form's fields. */
export type Change<Form> = (part: Partial<Form>) => void;

export type LaunchType = "EC2" | "FARGATE" | "EXTERNAL";

export interface StrategyItem {
  readonly provider: string;
  readonly weight: string;
  readonly base: string;
}

/** What the forms for tasks and services have in common, as it is typed. */
export interface LaunchForm extends PlacementForm {
  readonly cluster: string;
  readonly family: string;
  /** Empty for the newest one. */
  readonly revision: string;
  readonly compute: "launchType" | "strategy";
  readonly launchType: LaunchType;
  readonly strategy: readonly StrategyItem[];
  readonly platformVersion: string;
  readonly count: string;
  /** Ids, parted by commas or blanks. */
  readonly subnets: string;
  readonly securityGroups: string;
  readonly publicIp: boolean;
  readonly exec: boolean;
  readonly propagate: "NONE" | "TASK_DEFINITION" | "SERVICE";
  readonly managedTags: boolean;
}

export interface RunTaskForm extends LaunchForm {
  readonly group: string;
  readonly startedBy: string;
  readonly taskRole: string;
  readonly executionRole: string;
  readonly cpu: string;
  readonly memory: string;
  /** By the container's name. */
  readonly containers: Readonly<Record<string, ContainerOverride>>;
}

export interface ContainerOverride {
  /** Words, parted by commas, as in AWS's console. */
  readonly command: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

type DeploymentConfiguration = NonNullable<Service["deploymentConfiguration"]>;

export interface ServiceForm extends LaunchForm, LoadBalancingForm {
  readonly name: string;
  readonly strategyOfService: "REPLICA" | "DAEMON";
  readonly minimum: string;
  readonly maximum: string;
  readonly breaker: boolean;
  readonly rollback: boolean;
  /** What else the circuit breaker has: the form does not change it. */
  readonly breakerOptions: Omit<
    NonNullable<DeploymentConfiguration["deploymentCircuitBreaker"]>,
    "enable" | "rollback"
  >;
  readonly gracePeriod: string;
  readonly force: boolean;
}

/** A subnet for a form: any well-formed id is taken, as there is no VPC. */
const usualSubnet = "subnet-00000001";

const emptyLaunch: LaunchForm = {
  ...{ cluster: "", family: "", revision: "", compute: "launchType", launchType: "EC2", strategy: [] },
  ...{ platformVersion: "LATEST", count: "1", subnets: usualSubnet, securityGroups: "", publicIp: true },
  ...noPlacement,
  ...{ exec: false, propagate: "NONE", managedTags: true },
};

export const emptyRun: RunTaskForm = {
  ...emptyLaunch,
  ...{ group: "", startedBy: "", taskRole: "", executionRole: "", cpu: "", memory: "", containers: {} },
};

export const emptyService: ServiceForm = {
  ...emptyLaunch,
  ...{ name: "", strategyOfService: "REPLICA", minimum: "100", maximum: "200", breaker: true, rollback: true },
  ...{ gracePeriod: "", force: false, loadBalancers: [], breakerOptions: {} },
};

/** Ids that are parted by commas, blanks or lines. */
export function idsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** A number of a field; undefined for an empty one, NaN for what is none. */
function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

export function isCount(text: string): boolean {
  const count = numberOf(text);
  return count !== undefined && !Number.isNaN(count);
}

function definitionOf({ family, revision }: LaunchForm): string {
  return revision === "" ? family : `${family}:${revision}`;
}

function capacityOf({ compute, launchType, strategy, platformVersion }: LaunchForm) {
  if (compute === "strategy") {
    const capacityProviderStrategy = strategy
      .filter(({ provider }) => provider !== "")
      .map(({ provider, weight, base }) => ({
        capacityProvider: provider,
        weight: numberOf(weight) ?? 0,
        base: numberOf(base) ?? 0,
      }));
    // Without one, the cluster's default strategy counts.
    return capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : {};
  }
  return { launchType, ...(launchType === "FARGATE" && platformVersion !== "LATEST" && { platformVersion }) };
}

function networkOf(form: LaunchForm, definition: TaskDefinition | undefined): NetworkConfiguration | undefined {
  if (definition?.networkMode !== "awsvpc") return undefined;
  const subnets = idsOf(form.subnets);
  const securityGroups = idsOf(form.securityGroups);
  return {
    awsvpcConfiguration: {
      subnets,
      ...(securityGroups.length > 0 && { securityGroups }),
      // Other launch types have no public address.
      ...(isFargate(form) && { assignPublicIp: form.publicIp ? ("ENABLED" as const) : ("DISABLED" as const) }),
    },
  };
}

/** Tasks of a strategy are FARGATE ones where its providers are. */
export function isFargate({ compute, launchType, strategy }: LaunchForm): boolean {
  if (compute === "launchType") return launchType === "FARGATE";
  return strategy.some(({ provider }) => /^FARGATE(_SPOT)?$/.test(provider));
}

/** The launch type that a definition was made for. */
export function launchTypeOf(definition: TaskDefinition | undefined): LaunchType | undefined {
  const asked = (definition?.requiresCompatibilities ?? []) as readonly LaunchType[];
  return asked.includes("EC2") ? "EC2" : asked[0];
}

export function runTaskInput(
  form: RunTaskForm,
  definition: TaskDefinition | undefined,
  tags: Tag[],
): Input<Sdk, "RunTask"> {
  const networkConfiguration = networkOf(form, definition);
  const overrides = overridesOf(form);
  return {
    cluster: form.cluster,
    taskDefinition: definitionOf(form),
    count: numberOf(form.count) ?? 1,
    ...capacityOf(form),
    ...(isFargate(form) ? {} : placementOf(form)),
    ...(networkConfiguration && { networkConfiguration }),
    ...(Object.keys(overrides).length > 0 && { overrides }),
    ...(form.group !== "" && { group: form.group }),
    ...(form.startedBy !== "" && { startedBy: form.startedBy }),
    ...(form.exec && { enableExecuteCommand: true }),
    ...(form.managedTags && { enableECSManagedTags: true }),
    ...(form.propagate !== "NONE" && { propagateTags: form.propagate }),
    ...(tags.length > 0 && { tags }),
  };
}

function overridesOf(form: RunTaskForm) {
  const containerOverrides = Object.entries(form.containers).flatMap(([name, { command, environment }]) => {
    const set = environment.filter((variable) => variable.name !== "");
    if (command === "" && set.length === 0) return [];
    return [
      {
        name,
        ...(command !== "" && { command: command.split(",") }),
        ...(set.length > 0 && { environment: [...set] }),
      },
    ];
  });
  return {
    ...(form.taskRole !== "" && { taskRoleArn: form.taskRole }),
    ...(form.executionRole !== "" && { executionRoleArn: form.executionRole }),
    ...(form.cpu !== "" && { cpu: form.cpu }),
    ...(form.memory !== "" && { memory: form.memory }),
    ...(containerOverrides.length > 0 && { containerOverrides }),
  };
}

export function createServiceInput(
  form: ServiceForm,
  definition: TaskDefinition | undefined,
  tags: Tag[],
): Input<Sdk, "CreateService"> {
  const networkConfiguration = networkOf(form, definition);
  const isDaemon = form.strategyOfService === "DAEMON";
  const grace = numberOf(form.gracePeriod);
  return {
    cluster: form.cluster,
    serviceName: form.name,
    taskDefinition: definitionOf(form),
    schedulingStrategy: form.strategyOfService,
    ...(!isDaemon && { desiredCount: numberOf(form.count) ?? 0 }),
    ...capacityOf(form),
    ...(isDaemon || isFargate(form) ? {} : placementOf(form)),
    ...(networkConfiguration && { networkConfiguration }),
    deploymentConfiguration: deploymentOf(form),
    enableECSManagedTags: form.managedTags,
    enableExecuteCommand: form.exec,
    ...(form.propagate !== "NONE" && { propagateTags: form.propagate }),
    ...(grace !== undefined && { healthCheckGracePeriodSeconds: grace }),
    ...(form.loadBalancers.length > 0 && { loadBalancers: loadBalancersOf(form) }),
    ...(tags.length > 0 && { tags }),
  };
}

function deploymentOf({ minimum, maximum, breaker, rollback, breakerOptions }: ServiceForm) {
  return {
    minimumHealthyPercent: numberOf(minimum) ?? 100,
    maximumPercent: numberOf(maximum) ?? 200,
    deploymentCircuitBreaker: { ...breakerOptions, enable: breaker, rollback: breaker && rollback },
  };
}

/** The form of a service that is there. */
export function formOf(service: Service, cluster: string): ServiceForm {
  const { deploymentConfiguration: deployment, networkConfiguration } = service;
  const network = networkConfiguration?.awsvpcConfiguration;
  const { enable: breaker = false, rollback = false, ...breakerOptions } = deployment?.deploymentCircuitBreaker ?? {};
  const strategy = (service.capacityProviderStrategy ?? []).map(({ capacityProvider = "", weight = 0, base = 0 }) => ({
    ...{ provider: capacityProvider, weight: String(weight), base: String(base) },
  }));
  return {
    ...{
      cluster,
      ...familyOf(service.taskDefinition),
      strategy,
      name: service.serviceName ?? "",
      force: false,
    },
    ...placementFormOf(service),
    ...loadBalancingFormOf(service),
    compute: strategy.length > 0 ? "strategy" : "launchType",
    launchType: (service.launchType as LaunchType | undefined) ?? "EC2",
    platformVersion: service.platformVersion ?? "LATEST",
    count: String(service.desiredCount ?? 0),
    subnets: (network?.subnets ?? [usualSubnet]).join(", "),
    securityGroups: (network?.securityGroups ?? []).join(", "),
    publicIp: network?.assignPublicIp === "ENABLED",
    exec: service.enableExecuteCommand ?? false,
    propagate: service.propagateTags ?? "NONE",
    managedTags: service.enableECSManagedTags ?? false,
    strategyOfService: service.schedulingStrategy ?? "REPLICA",
    minimum: String(deployment?.minimumHealthyPercent ?? ""),
    maximum: String(deployment?.maximumPercent ?? ""),
    ...{ breaker, rollback, breakerOptions },
    gracePeriod:
      service.healthCheckGracePeriodSeconds === undefined ? "" : String(service.healthCheckGracePeriodSeconds),
  };
}

/** What was changed in the form, and nothing else: another's change meanwhile stays. */
export function updateServiceInput(
  form: ServiceForm,
  before: ServiceForm,
  definition: TaskDefinition | undefined,
): Input<Sdk, "UpdateService"> {
  const differs = (...members: readonly (keyof ServiceForm)[]) =>
    members.some((member) => JSON.stringify(form[member]) !== JSON.stringify(before[member]));
  const networkConfiguration = networkOf(form, definition);
  const { capacityProviderStrategy, platformVersion } = capacityOf(form) as {
    readonly capacityProviderStrategy?: Input<Sdk, "UpdateService">["capacityProviderStrategy"];
    readonly platformVersion?: string;
  };
  return {
    cluster: form.cluster,
    service: form.name,
    ...(form.force && { forceNewDeployment: true }),
    ...(differs("family", "revision") && { taskDefinition: definitionOf(form) }),
    ...(differs("count") && form.strategyOfService === "REPLICA" && { desiredCount: numberOf(form.count) ?? 0 }),
    ...(differs("strategy", "compute") && { capacityProviderStrategy: capacityProviderStrategy ?? [] }),
    ...(differs("placement", "strategies", "constraints") && {
      ...{ placementStrategy: [], placementConstraints: [], ...placementOf(form) },
    }),
    ...(differs("platformVersion") && { platformVersion: platformVersion ?? "LATEST" }),
    ...(networkConfiguration &&
      differs("subnets", "securityGroups", "publicIp", "family", "revision") && { networkConfiguration }),
    ...(differs("minimum", "maximum", "breaker", "rollback") && { deploymentConfiguration: deploymentOf(form) }),
    ...(differs("exec") && { enableExecuteCommand: form.exec }),
    ...(differs("managedTags") && { enableECSManagedTags: form.managedTags }),
    ...(differs("propagate") && { propagateTags: form.propagate }),
    ...(differs("loadBalancers") && { loadBalancers: loadBalancersOf(form) }),
    ...(differs("gracePeriod") && { healthCheckGracePeriodSeconds: numberOf(form.gracePeriod) ?? 0 }),
  };
}
