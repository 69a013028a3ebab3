import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { misplaced } from "../../agent/resources/secret-files.ts";
import {
  expand,
  type FromPlan,
  type FromSource,
  fromLabel,
  planFiles,
  planFrom,
  planOnChange,
  resolveSecrets,
  secretKey,
} from "../../agent/secrets/index.ts";
import { payloadSecret } from "../../services/ecs/index.ts";
import type { Definition, Failed, LabelFact, Outcome, SecretFact } from "./subject.ts";
import { shown, type Tools } from "./tools.ts";

/** What the container's label gives it whole; nothing where the label is wrong. */
export function wholeSources(container: ContainerDefinition): {
  readonly label: string;
  readonly sources: readonly FromSource[];
} {
  if (!hasLabels(container)) return { label: "", sources: [] };
  const plan = planFrom(asPayload(container));
  const label = container.dockerLabels?.[fromLabel] ?? "";
  return { label, sources: plan && !("problem" in plan) ? plan.sources : [] };
}

/** What becomes of the labels that concern secrets, once these were read: `facts` are those of all containers. */
export async function labelFacts(
  tools: Tools,
  { containerDefinitions = [] }: Definition,
  facts: readonly SecretFact[],
): Promise<readonly LabelFact[]> {
  const all = containerDefinitions.map((container, index) => factsOf(tools, container, index, facts));
  return (await Promise.all(all)).flat();
}

async function factsOf(
  tools: Tools,
  container: ContainerDefinition,
  index: number,
  facts: readonly SecretFact[],
): Promise<readonly LabelFact[]> {
  if (!hasLabels(container)) return [];
  const { name = "" } = container;
  const payload = asPayload(container);
  const fact = (label: string, outcome: Outcome, more: Partial<LabelFact> = {}): LabelFact => {
    const pointer = `/containerDefinitions/${index}/dockerLabels/${label.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return { pointer, outcome, container: name, variables: [], isEarly: false, ...more };
  };
  const problems = [planFrom(payload), planFiles(payload), planOnChange(payload)].flatMap((plan) =>
    plan && "problem" in plan ? [plan.problem] : [],
  );
  if (problems.length > 0) return problems.map((problem) => fact(labelIn(problem), failed(problem), { isEarly: true }));
  const plan = planFrom(payload);
  if (!plan || "problem" in plan) return [];
  if (!tools.hasExecutionRole) return [fact(fromLabel, await withoutRole(tools, plan))];
  const result = expanded(plan, container, facts, tools.account.readsValues);
  if (!result) return [];
  if ("problem" in result) return [fact(labelIn(result.problem), failed(result.problem))];
  return [fact(fromLabel, { kind: "ok" }, tools.account.readsValues ? { variables: result.variables } : {})];
}

function hasLabels({ dockerLabels }: ContainerDefinition): boolean {
  return Object.keys(dockerLabels ?? {}).some((label) => label.startsWith("sealift.secrets."));
}

/** The part of the payload that the labels' plans look at. */
function asPayload({ name = "", secrets = [], dockerLabels = {} }: ContainerDefinition): PayloadContainer {
  const scope = { account: "", region: "", partition: "" };
  const container = {
    name,
    secrets: secrets.map((secret) => payloadSecret(secret ?? {}, scope, "CONTAINER")),
    dockerConfig: { config: JSON.stringify({ Labels: dockerLabels }), hostConfig: "{}", version: "" },
  };
  return container as unknown as PayloadContainer;
}

/** The container's variables, or the problem that its label is; `undefined` where nothing was read that would tell. */
function expanded(
  plan: FromPlan,
  container: ContainerDefinition,
  facts: readonly SecretFact[],
  readsValues: boolean,
): { readonly variables: LabelFact["variables"] } | { readonly problem: string } | undefined {
  const { name = "", environment = [], secrets = [] } = container;
  const own = facts.filter(({ container, whole }) => whole && container === name);
  // Of a secret even the names of its keys are values.
  const known = own.filter(({ outcome, request, value }) => {
    return outcome.kind === "ok" && (request.provider === "ssm-path" || value !== undefined);
  });
  if (known.length === 0) return undefined;
  const key = (fact: SecretFact) => secretKey(fact.request);
  const resolved = {
    values: new Map(known.map((fact) => [key(fact), fact.value ?? ""])),
    binaries: new Map(known.filter(({ isBinary }) => isBinary).map((fact) => [key(fact), new Uint8Array()])),
    below: new Map(known.map((fact) => [key(fact), fact.whole?.below ?? []])),
  };
  const sources = plan.sources.filter((source) => known.some((fact) => fact.whole?.source.entry === source.entry));
  const taken = new Set([...environment, ...secrets].map(({ name = "" }) => name));
  const found = expand(name, { ...plan, sources }, resolved, taken);
  if ("problem" in found) return found;
  const requests = found.map(({ request }) => request);
  const problem = known.length === own.length ? misplaced(asPayload(container), requests) : undefined;
  if (problem !== undefined) return { problem };
  return { variables: readsValues ? found.map(({ request, value }) => ({ name: request.name, value })) : [] };
}

async function withoutRole({ account, launchType }: Tools, { sources }: FromPlan): Promise<Outcome> {
  const requests = sources.map(({ request }) => request);
  const result = await resolveSecrets(requests, undefined, { launchType, account: account.id });
  return result.outcome === "failed" ? { kind: "failed", reason: shown(result.reason) } : { kind: "ok" };
}

function failed(problem: string): Failed {
  return { kind: "failed", reason: `ResourceInitializationError: ${problem}` };
}

/** Every problem begins with the label that it is of. */
function labelIn(problem: string): string {
  return /^docker label "([^"]+)"/.exec(problem)?.[1] ?? fromLabel;
}
