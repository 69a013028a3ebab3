import type { Attribute, PlacementConstraint } from "@aws-sdk/client-ecs";
import { matches } from "../instances/attribute-query.ts";
import type { Instance } from "../instances/instance.ts";
import { type Asked, gpuCount } from "./reservation.ts";
import { countOf } from "./reserved.ts";
import { registered, remaining } from "./resources.ts";

/** The reasons are AWS's: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html */
export interface Refusal {
  readonly reason:
    | "RESOURCE:CPU"
    | "RESOURCE:MEMORY"
    | "RESOURCE:PORTS"
    | "RESOURCE:GPU"
    | "RESOURCE:ENI"
    | "ATTRIBUTE"
    | "AGENT"
    | "memberOf constraint unsatisfied."
    | "distinctInstance placement constraint unsatisfied.";
  /** All that is missing, with names and numbers: the reason names the first of it only. */
  readonly detail?: string;
}

/** Why the instance takes no such task, whatever else runs there. */
export function abilityRefusal(
  instance: Instance,
  { attributes, constraints }: { readonly attributes: readonly Attribute[]; readonly constraints: Constraints },
): Refusal | undefined {
  if (instance.sessionId === undefined) return { reason: "AGENT" };
  const missing = attributes.filter((attribute) => !hasAttribute(instance, attribute)).map(shown);
  if (missing.length > 0) {
    const noun = missing.length === 1 ? "attribute" : "attributes";
    return { reason: "ATTRIBUTE", detail: `The container instance lacks the ${noun} ${missing.join(", ")}` };
  }
  const unmet = constraints.find(({ type, expression = "" }) => type === "memberOf" && !matches(expression, instance));
  if (!unmet) return undefined;
  return {
    reason: "memberOf constraint unsatisfied.",
    detail: `The container instance does not meet ${unmet.expression}`,
  };
}

type Constraints = readonly PlacementConstraint[];

interface Room {
  readonly asked: Asked;
  readonly constraints: Constraints;
  readonly group: string;
  /** CPU and memory are shared by the tasks. */
  readonly sharesSize: boolean;
}

/** Why the instance has no room for the task beside those that run there. */
export function roomRefusal(instance: Instance, { asked, constraints, group, sharesSize }: Room): Refusal | undefined {
  const isDistinct = constraints.some(({ type }) => type === "distinctInstance");
  if (isDistinct && countOf(instance.reserved, group) > 0) {
    return { reason: "distinctInstance placement constraint unsatisfied." };
  }
  const lacks = [...(sharesSize ? [] : sizeLacks(instance, asked)), ...otherLacks(instance, asked)];
  const [first] = lacks;
  return first && { reason: first.reason, detail: sentence(lacks.map(({ text }) => text)) };
}

interface Lack {
  readonly reason: Refusal["reason"];
  readonly text: string;
}

/** What an instance lacks of the CPU and the memory that a task asks for. */
export function sizeLacks(instance: Pick<Instance, "resources" | "reserved">, asked: Asked): readonly Lack[] {
  const [free, all] = [remaining(instance), registered(instance)];
  return [
    ...(asked.memory > free.memory
      ? [lack("RESOURCE:MEMORY", `${asked.memory} MiB of memory, of which ${free.memory} of ${all.memory} are left`)]
      : []),
    ...(asked.cpu > free.cpu
      ? [lack("RESOURCE:CPU", `${asked.cpu} CPU units, of which ${free.cpu} of ${all.cpu} are left`)]
      : []),
  ];
}

function otherLacks(instance: Instance, asked: Asked): readonly Lack[] {
  const [free, all] = [remaining(instance), registered(instance)];
  const tcp = asked.tcp.filter((port) => free.tcp.includes(port));
  const udp = asked.udp.filter((port) => free.udp.includes(port));
  const gpus = gpuCount(asked);
  const ports = [...tcp.map((port) => `${port}/tcp`), ...udp.map((port) => `${port}/udp`)];
  return [
    ...(ports.length > 0 ? [lack("RESOURCE:PORTS", `the host ports ${ports.join(", ")}, which are in use`)] : []),
    ...(gpus > free.gpus.length
      ? [lack("RESOURCE:GPU", `${gpus} GPUs, of which ${free.gpus.length} of ${all.gpus.length} are left`)]
      : []),
  ];
}

function lack(reason: Refusal["reason"], text: string): Lack {
  return { reason, text };
}

function sentence(texts: readonly string[]): string {
  return `The task asks for ${texts.join("; ")}`;
}

function shown({ name, value }: Attribute): string {
  return value === undefined ? `${name}` : `${name} = ${value}`;
}

function hasAttribute(instance: Instance, { name, value }: Attribute): boolean {
  return instance.attributes.some((has) => has.name === name && (value === undefined || has.value === value));
}
