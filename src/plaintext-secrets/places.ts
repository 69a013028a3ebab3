import type { ContainerDefinition, KeyValuePair, RegisterTaskDefinitionRequest } from "@aws-sdk/client-ecs";
import { defined } from "../defined.ts";
import { flagOf } from "./assignments.ts";
import { passwordsOf } from "./command-passwords.ts";

/** A task definition as it is registered or described. */
export type Definition = Pick<RegisterTaskDefinitionRequest, "containerDefinitions" | "volumes">;

/** A text of a definition that may hold a secret. */
export interface Place {
  readonly pointer: string;
  readonly container?: string;
  readonly kind: "environment variable" | "argument" | "log option" | "firelens option" | "label" | "volume option";
  /** Of an argument, the flag before it, if there is one. */
  readonly name?: string;
  readonly value: string;
  /** Of an argument: it is a password to the program that the words before it call. */
  readonly isPassword?: true;
}

/** The texts that DescribeTaskDefinition shows to everybody, one by one. */
export function placesOf({ containerDefinitions = [], volumes = [] }: Definition): readonly Place[] {
  return [
    ...containerDefinitions.flatMap((container, index) => placesOfContainer(container, index)),
    ...volumes.flatMap((volume, index) =>
      options(
        "volume option",
        `/volumes/${index}/dockerVolumeConfiguration/driverOpts`,
        volume?.dockerVolumeConfiguration?.driverOpts,
      ),
    ),
  ];
}

function placesOfContainer(container: ContainerDefinition, index: number): readonly Place[] {
  const at = `/containerDefinitions/${index}`;
  const { logConfiguration, firelensConfiguration, healthCheck } = container;
  const places = [
    ...variables(`${at}/environment`, container.environment),
    ...words(`${at}/command`, container.command),
    ...words(`${at}/entryPoint`, container.entryPoint),
    ...words(`${at}/healthCheck/command`, healthCheck?.command),
    ...options("log option", `${at}/logConfiguration/options`, logConfiguration?.options),
    ...options("firelens option", `${at}/firelensConfiguration/options`, firelensConfiguration?.options),
    ...options("label", `${at}/dockerLabels`, container.dockerLabels),
  ];
  return container.name === undefined ? places : places.map((place) => ({ ...place, container: container.name ?? "" }));
}

function variables(at: string, pairs: readonly KeyValuePair[] = []): readonly Place[] {
  return pairs.flatMap(({ name, value } = {}, index) =>
    name === undefined || value === undefined
      ? []
      : [{ pointer: `${at}/${index}/value`, kind: "environment variable", name, value }],
  );
}

function words(at: string, list: readonly string[] = []): readonly Place[] {
  const passwords = new Set(passwordsOf(list));
  return list.map((value, index) => ({
    ...{ pointer: `${at}/${index}`, kind: "argument", value },
    ...(passwords.has(index) && { isPassword: true }),
    ...defined({ name: value.startsWith("-") ? undefined : flagOf(list[index - 1]) }),
  }));
}

function options(kind: Place["kind"], at: string, record: Readonly<Record<string, string>> = {}): readonly Place[] {
  return Object.entries(record).map(([name, value]) => ({ pointer: `${at}/${escaped(name)}`, kind, name, value }));
}

/** A member's name in a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
