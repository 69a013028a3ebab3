import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Wire } from "../../../api/wire.ts";

/** A place of a task definition that the agent reads as the execution role before a container starts. */
export interface Reference {
  /** JSON pointer into the definition. */
  readonly pointer: string;
  readonly container: string;
  /** The variable or option; the member's name for what has none. */
  readonly name: string;
  readonly kind: "variable" | "log-option" | "registry" | "file";
  readonly valueFrom: string;
}

/** What a reference names. */
export type Target =
  | {
      readonly store: "secretsmanager";
      /** ARN or name, without what selects a part or a version. */
      readonly secretId: string;
      readonly region: string;
      readonly account: string;
      readonly jsonKey?: string;
      readonly stage?: string;
      readonly versionId?: string;
    }
  | {
      readonly store: "ssm";
      readonly name: string;
      /** A version or a label; empty if the newest is meant. */
      readonly selector: string;
      readonly arn: string;
      readonly region: string;
      readonly account: string;
    }
  | { readonly store: "s3"; readonly arn: string }
  | { readonly store: "malformed" };

/** Where the definition runs. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Every such place, in the order of the definition. */
export function referencesOf(containers: readonly Wire<ContainerDefinition>[]): readonly Reference[] {
  return containers.flatMap((definition, index): readonly Reference[] => {
    const { name: container = "", secrets = [], environmentFiles = [], logConfiguration } = definition;
    const at = `/containerDefinitions/${index}`;
    const credentials = definition.repositoryCredentials?.credentialsParameter;
    return [
      ...secrets.map(({ name = "", valueFrom = "" }, number) => ({
        ...{ pointer: `${at}/secrets/${number}/valueFrom`, container, name, kind: "variable" as const, valueFrom },
      })),
      ...(logConfiguration?.secretOptions ?? []).map(({ name = "", valueFrom = "" }, number) => ({
        ...{ pointer: `${at}/logConfiguration/secretOptions/${number}/valueFrom`, container, name, valueFrom },
        kind: "log-option" as const,
      })),
      ...environmentFiles.map(({ value = "" }, number) => ({
        ...{ pointer: `${at}/environmentFiles/${number}/value`, container, name: "environmentFiles", valueFrom: value },
        kind: "file" as const,
      })),
      ...(credentials === undefined
        ? []
        : [
            {
              pointer: `${at}/repositoryCredentials/credentialsParameter`,
              ...{ container, name: "repositoryCredentials", kind: "registry" as const, valueFrom: credentials },
            },
          ]),
    ];
  });
}

/**
 * Reads a reference as the agent does.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function targetOf({ kind, valueFrom }: Pick<Reference, "kind" | "valueFrom">, place: Place): Target {
  const sections = valueFrom.split(":");
  const [prefix, partition = "", service, region = "", account = "", ...resource] = sections;
  if (kind === "file") {
    return prefix === "arn" && service === "s3" ? { store: "s3", arn: valueFrom } : { store: "malformed" };
  }
  if (prefix !== "arn") {
    if (valueFrom === "") return { store: "malformed" };
    if (kind === "registry") {
      return { store: "secretsmanager", secretId: valueFrom, region: place.region, account: place.account };
    }
    const [name = "", ...selector] = sections;
    const arn = `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter/${name.replace(/^\//, "")}`;
    return { store: "ssm", name, selector: selector.join(":"), arn, region: place.region, account: place.account };
  }
  const own = { region: region || place.region, account: account || place.account };
  if (service === "ssm" && resource[0]?.startsWith("parameter/")) {
    const path = resource[0].slice("parameter/".length);
    const arn = `arn:${partition}:ssm:${own.region}:${own.account}:parameter/${path}`;
    const name = path.includes("/") ? `/${path}` : path;
    return { store: "ssm", name, selector: resource.slice(1).join(":"), arn, ...own };
  }
  if (service !== "secretsmanager" || resource[0] !== "secret" || !resource[1]) return { store: "malformed" };
  const secretId = sections.slice(0, 7).join(":");
  if (resource.length === 2) return { store: "secretsmanager", secretId, ...own };
  if (resource.length !== 5 || kind === "registry") return { store: "malformed" };
  const [, , jsonKey, stage, versionId] = resource;
  return {
    ...{ store: "secretsmanager", secretId, ...own },
    ...(jsonKey && { jsonKey }),
    ...(stage && { stage }),
    ...(versionId && { versionId }),
  };
}
