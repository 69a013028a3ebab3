import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Scope } from "../arns.ts";

/** Docker label: secrets and paths of parameters, all of whose values a container gets. */
const fromLabel = "sealift.secrets.from";

/** A place of a task definition that names a secret, a parameter, or a path of parameters. */
export interface SecretReference extends Scope {
  readonly container: string;
  /** As the definition has it. */
  readonly valueFrom: string;
  readonly service: "secretsmanager" | "ssm";
  /** A secret's ARN or name; a parameter's name; a path. */
  readonly id: string;
  /** A staging label or a version's id; a parameter's label or the number of its version. The newest unless given. */
  readonly selector?: { readonly stage: string } | { readonly version: string } | { readonly label: string };
  /** Every parameter below the path is meant. */
  readonly isPath?: true;
}

/** What a reference means now. */
export interface CurrentVersion {
  readonly arn: string;
  readonly version: string;
}

/** Resolves a reference to what it means now; to nothing where that is gone. It reads no values. */
export type CurrentVersions = (reference: SecretReference) => Promise<readonly CurrentVersion[]>;

/** What of a container's definition may name secrets. */
type Referring = Pick<ContainerDefinition, "secrets" | "logConfiguration" | "dockerLabels"> & { readonly name: string };

/** Every reference of the definition, in its order; what is malformed is left out, as no task can start with it. Pure. */
export function referencesOf(
  { containerDefinitions }: { readonly containerDefinitions: readonly Referring[] },
  scope: Scope,
): readonly SecretReference[] {
  return containerDefinitions.flatMap(({ name, secrets = [], logConfiguration, dockerLabels }) => [
    ...[...secrets, ...(logConfiguration?.secretOptions ?? [])].flatMap(({ valueFrom = "" }) =>
      read(name, valueFrom, scope),
    ),
    ...entriesOf(dockerLabels).flatMap((entry) => readFrom(name, entry, scope)),
  ]);
}

/** The entries of the label that gives a container whole secrets and paths. */
export function entriesOf(dockerLabels: Readonly<Record<string, string>> | undefined): readonly string[] {
  return (dockerLabels?.[fromLabel] ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readFrom(container: string, entry: string, scope: Scope): readonly SecretReference[] {
  const arn = parseArn(entry);
  if (arn?.service !== "ssm") return read(container, entry, scope);
  const [path = ""] = arn.resource.replace(/^parameter\/?/, "").split(":");
  const place = {
    partition: scope.partition,
    region: arn.region || scope.region,
    account: arn.account || scope.account,
  };
  const id = `/${path.replace(/\/?\*?$/, "")}`;
  return [{ ...place, container, valueFrom: entry, service: "ssm", id, isPath: true }];
}

const secretParameter = "/aws/reference/secretsmanager/";

function read(container: string, valueFrom: string, scope: Scope): readonly SecretReference[] {
  const arn = parseArn(valueFrom);
  const place = {
    partition: arn?.partition || scope.partition,
    region: arn?.region || scope.region,
    account: arn?.account || scope.account,
  };
  const base = { ...place, container, valueFrom };
  if (arn?.service === "secretsmanager") {
    const [kind, secret = "", , stage = "", version = ""] = arn.resource.split(":");
    if (kind !== "secret") return [];
    const id = valueFrom.split(":").slice(0, 7).join(":");
    return secret === "" ? [] : [{ ...base, service: "secretsmanager", id, ...selected({ stage, version }) }];
  }
  if (arn && (arn.service !== "ssm" || !arn.resource.startsWith("parameter/"))) return [];
  const [path = "", selector = ""] = (arn ? arn.resource.slice("parameter/".length) : valueFrom).split(":");
  const name = arn && path.includes("/") ? `/${path}` : path;
  if (name.startsWith(secretParameter)) {
    const id = name.slice(secretParameter.length);
    const isVersion = /^[0-9a-f-]{32,64}$/i.test(selector);
    return [
      { ...base, service: "secretsmanager", id, ...selected(isVersion ? { version: selector } : { stage: selector }) },
    ];
  }
  const isNumber = /^\d+$/.test(selector);
  return [{ ...base, service: "ssm", id: name, ...selected(isNumber ? { version: selector } : { label: selector }) }];
}

function selected({ stage = "", version = "", label = "" }): Pick<SecretReference, "selector"> {
  const selector = version !== "" ? { version } : stage !== "" ? { stage } : label !== "" ? { label } : undefined;
  return defined({ selector });
}
