import { isNamed, type SecretReference } from "../../services/ecs/index.ts";
import { type Holder, lastPart } from "./holders.ts";
import type { Stored } from "./stored.ts";

type State = Holder["secrets"][number]["state"];

/** A secret or parameter with all who have to do with it, as `sealift secrets --json` prints it. */
export interface SecretLine extends Omit<Stored, "kind"> {
  readonly kind: "secret" | "parameter";
  /** `family:revision` of the definitions that reference it, sorted. */
  readonly definitions: readonly string[];
  readonly services: readonly ServiceHolding[];
  readonly tasks: readonly TaskHolding[];
  /** A task holds a version that it would not get now. */
  readonly stale: boolean;
}

interface ServiceHolding {
  readonly service: string;
  readonly clusterArn: string;
  readonly version: string;
  readonly state: State;
  readonly tasks: number;
}

interface TaskHolding {
  readonly taskArn: string;
  readonly service?: string;
  readonly version: string;
  readonly state: State;
  readonly containers: readonly string[];
  /** How the version was learnt. */
  readonly learntFrom: string;
}

/** Each secret and parameter with its definitions, services and tasks; also those that are gone and still held. Pure. */
export function inventory(
  stored: readonly Stored[],
  tasks: readonly Holder[],
  definitions: ReadonlyMap<string, readonly SecretReference[]>,
): readonly SecretLine[] {
  const known = new Set(stored.map(({ arn }) => arn));
  const gone = new Set(tasks.flatMap(({ secrets }) => secrets.map(({ arn }) => arn)).filter((arn) => !known.has(arn)));
  return [...stored, ...[...gone].map(goneSecret)].map((secret) => {
    const holding = tasks.flatMap((task) =>
      task.secrets.filter(({ arn }) => arn === secret.arn).map((held) => ({ task, held })),
    );
    const byService = Map.groupBy(
      holding.filter(({ task }) => task.service !== undefined),
      ({ task, held }) => JSON.stringify([task.clusterArn, task.service, held.version, held.state]),
    );
    return {
      ...secret,
      definitions: [...definitions]
        .filter(([, references]) => references.some((reference) => isReferenced(secret, reference)))
        .map(([arn]) => lastPart(arn))
        .sort(),
      services: [...byService].map(([key, own]) => {
        const [clusterArn, service, version, state] = JSON.parse(key);
        return { service, clusterArn, version, state, tasks: own.length };
      }),
      tasks: holding.map(({ task, held: { version, state, containers } }) => ({
        taskArn: task.taskArn,
        ...(task.service !== undefined && { service: task.service }),
        ...{ version, state, containers, learntFrom: task.learntFrom ?? "agent" },
      })),
      stale: holding.some(({ held }) => held.state === "stale"),
    };
  });
}

function goneSecret(arn: string): Stored {
  const name = arn.split(":").slice(6).join(":") || arn;
  const isSecret = arn.split(":")[2] === "secretsmanager";
  return { kind: isSecret ? "secret" : "parameter", arn, name: isSecret ? name : arn.replace(/^.*?:parameter/, "") };
}

/** A reference of a definition means the secret or parameter. Pure. */
function isReferenced({ arn }: Pick<Stored, "arn">, { service, id, isPath, region }: SecretReference): boolean {
  const [, , of, ofRegion] = arn.split(":");
  if (of !== service || ofRegion !== region) return false;
  if (isPath) return arn.includes(`:parameter${id === "/" ? "" : id}/`);
  return isNamed(arn, id);
}
