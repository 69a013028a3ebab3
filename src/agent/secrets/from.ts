import type { PayloadContainer } from "../../acs/protocol.ts";
import { parseArn } from "../../arn.ts";
import { labelsOf } from "./labels.ts";
import { parseSecretReference } from "./reference.ts";
import type { SecretRequest } from "./secret.ts";

/** Docker label: secrets, whose keys a container gets, and paths, whose parameters it gets, as one variable each. */
export const fromLabel = "sealift.secrets.from";
export const prefixLabel = "sealift.secrets.prefix";
export const caseLabel = "sealift.secrets.case";

/** What a container gets as a whole. */
export interface FromPlan {
  /** Each is read once; a path's has the provider `ssm-path`. */
  readonly sources: readonly FromSource[];
  readonly prefix: string;
  readonly isUpper: boolean;
}

export interface FromSource {
  /** As the label has it. */
  readonly entry: string;
  readonly request: SecretRequest;
  /** The name of the one variable that the value is, before prefix and case; without it every key gives one. */
  readonly key?: string;
}

type Container = Pick<PayloadContainer, "name" | "dockerConfig" | "secretPins">;

/** Reads the container's labels; `undefined` where it has none of these. AWS's agent knows none of them. Pure. */
export function planFrom(container: Container): FromPlan | { readonly problem: string } | undefined {
  const labels = labelsOf(container);
  const wrong = (label: string, what: string) => ({
    problem: `docker label "${label}" of container "${container.name}" ${what}`,
  });
  const { [fromLabel]: from, [prefixLabel]: prefix = "", [caseLabel]: letters = "keep" } = labels;
  if (from === undefined) {
    const alone = [prefixLabel, caseLabel].find((label) => label in labels);
    return alone === undefined ? undefined : wrong(alone, `means nothing without the label "${fromLabel}"`);
  }
  if (prefix !== "" && !isVariableName(prefix))
    return wrong(prefixLabel, `begins no variable name: ${JSON.stringify(prefix)}`);
  if (letters !== "upper" && letters !== "keep")
    return wrong(caseLabel, `is neither upper nor keep: ${JSON.stringify(letters)}`);
  const entries = from.split(",").map((entry) => entry.trim());
  const sources: FromSource[] = [];
  for (const entry of entries) {
    const found = sourcesOf(container, entry);
    if ("problem" in found) return wrong(fromLabel, found.problem);
    sources.push(...found);
  }
  return { sources, prefix, isUpper: letters === "upper" };
}

function sourcesOf(container: Container, entry: string): readonly FromSource[] | { readonly problem: string } {
  const shown = JSON.stringify(entry);
  const arn = parseArn(entry);
  const base = { container: container.name, name: entry, region: arn?.region ?? "" } as const;
  const kind = { type: "ENVIRONMENT_VARIABLE", target: "CONTAINER" } as const;
  const pinned = container.secretPins?.[entry];
  if (arn?.service === "secretsmanager" && arn.region !== "") {
    const parsed = parseSecretReference(entry);
    if (!parsed.ok) return { problem: `has ${shown}: ${parsed.error}` };
    if (parsed.reference.jsonKey)
      return { problem: `has ${shown}, which is one key of a secret: give it as one of the container's secrets` };
    return [{ entry, request: { ...base, ...kind, valueFrom: pinned?.[0] ?? entry, provider: "asm" } }];
  }
  if (arn?.service === "ssm" && arn.region !== "" && arn.resource.startsWith("parameter/")) {
    const path = `/${arn.resource.slice("parameter/".length).replace(/\/?\*?$/, "")}`;
    if (path.includes(":")) return { problem: `has ${shown}: a path has no version and no label` };
    const whole = { ...base, ...kind, valueFrom: path, provider: "ssm-path" };
    if (!pinned) return [{ entry, request: whole }];
    return pinned.map((valueFrom) => {
      const name = `/${(parseArn(valueFrom)?.resource ?? "").slice("parameter/".length).split(":")[0]}`;
      return { entry, key: keyBelow(path, name), request: { ...base, ...kind, valueFrom, provider: "ssm" } };
    });
  }
  return { problem: `has ${shown}, which is no ARN of a secret or of a path of parameters` };
}

/** What follows the path in a parameter's name. */
export function keyBelow(path: string, name: string): string {
  return name.slice(path === "/" ? 1 : path.length + 1);
}

/** The name of the variable for a key: `/`, `.` and `-` become `_`. `undefined` where that gives no name of a variable. Pure. */
export function variableOf(key: string, { prefix, isUpper }: Pick<FromPlan, "prefix" | "isUpper">): string | undefined {
  const mapped = key.replace(/[/.-]/g, "_");
  const name = prefix + (isUpper ? mapped.toUpperCase() : mapped);
  return isVariableName(name) ? name : undefined;
}

function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
