import {
  fromLabel,
  type Parameter,
  parseParameterReference,
  parseSecretReference,
  resolveSecrets,
  type SecretRequest,
  secretKey,
} from "../../agent/secrets/index.ts";
import { parseArn } from "../../arn.ts";
import { payloadSecret } from "../../services/ecs/index.ts";
import { isSecretName, type Secret } from "../../services/secrets-manager/index.ts";
import { type Account, Unseen } from "../account/account.ts";
import { type DrySource, drySource } from "./dry-source.ts";
import { wholeSources } from "./labels.ts";
import type { Definition, Failed, Outcome, SecretFact, Whole } from "./subject.ts";
import { ifSeen, shown, type Tools } from "./tools.ts";

interface Reference {
  readonly pointer: string;
  readonly valueFrom: string;
  readonly request: SecretRequest;
  readonly whole?: Omit<Whole, "below">;
}

/** Every `secrets` and `secretOptions` entry of a definition, each read as the agent reads it. */
export function secretFacts(tools: Tools, definition: Definition): Promise<readonly SecretFact[]> {
  return Promise.all(references(definition, tools.account).map((reference) => factOf(tools, reference)));
}

/** The agent's reason for all secrets together: it names several failures, and asks for parameters ten at a time. */
export async function secretsReason(
  { account, session, launchType }: Tools,
  facts: readonly SecretFact[],
): Promise<string | undefined> {
  const requests = facts.filter(({ outcome }) => outcome.kind !== "unknown").map(({ request }) => request);
  if (!facts.some(({ outcome }) => outcome.kind === "failed")) return undefined;
  const result = await resolveSecrets(requests, drySource(session, "{}"), { launchType, account: account.id });
  return result.outcome === "failed" ? shown(result.reason) : undefined;
}

/** The requests that the agent would make, in its order. */
function references({ containerDefinitions = [] }: Definition, scope: Account): readonly Reference[] {
  return containerDefinitions.flatMap((definition, index): readonly Reference[] => {
    const { name: container = "", secrets = [], logConfiguration } = definition;
    const at = `/containerDefinitions/${index}`;
    const options = logConfiguration?.secretOptions ?? [];
    const own = [
      ...secrets.map((secret, number) => [secret, `${at}/secrets/${number}`, "CONTAINER"] as const),
      ...options.map(
        (secret, number) => [secret, `${at}/logConfiguration/secretOptions/${number}`, "LOG_DRIVER"] as const,
      ),
    ].map(([secret, pointer, target]) => ({
      pointer: `${pointer}/valueFrom`,
      valueFrom: secret?.valueFrom ?? "",
      request: { ...payloadSecret(secret, { ...scope, account: scope.id }, target), container },
    }));
    const { label, sources } = wholeSources(definition);
    const whole = sources.map((source) => ({
      ...{ pointer: `${at}/dockerLabels/${fromLabel}`, valueFrom: source.entry, request: source.request },
      whole: { label, source },
    }));
    return [...own, ...whole];
  });
}

/** A JSON text with every key that a definition asks for, which stands for values that are not read. */
export function placeholderFor(definition: Definition, scope: Account): string {
  const keys = references(definition, scope).flatMap(({ request: { provider, valueFrom } }) => {
    const parsed = provider === "asm" ? parseSecretReference(valueFrom) : undefined;
    return parsed?.ok && parsed.reference.jsonKey !== undefined ? [parsed.reference.jsonKey] : [];
  });
  const all = ["username", "password", ...keys];
  return JSON.stringify(Object.fromEntries(all.map((key) => [key, "x"])));
}

/** Denials that one reference can meet, one after the other: reading, and decrypting. */
const mostDenials = 4;

interface Read {
  readonly outcome: Outcome;
  readonly source: DrySource;
  readonly result: Awaited<ReturnType<typeof resolveSecrets>>;
}

async function factOf(tools: Tools, { pointer, valueFrom, request, whole }: Reference): Promise<SecretFact> {
  const { account } = tools;
  const { region, container, name, provider } = request;
  const { outcome, source, result } = await read(tools, request);
  const parsed = provider === "asm" ? parseSecretReference(request.valueFrom) : undefined;
  const id = parsed?.ok ? parsed.reference.secretId : undefined;
  const secret = id === undefined ? undefined : await secretOf(account, region, id);
  const isRead = account.readsValues && result.outcome === "resolved" && source.unseen.length === 0;
  return {
    pointer,
    outcome,
    container,
    name,
    valueFrom,
    request,
    ...(whole && { whole: { ...whole, below: belowOf(request, result) } }),
    secret,
    parameter: provider === "ssm" ? await parameterOf(account, request) : undefined,
    similar: id === undefined || secret ? undefined : await similarTo(account, region, id),
    value: isRead ? result.values.get(secretKey(request)) : undefined,
    json: isRead ? source.text : undefined,
    isBinary: isRead && result.binaries.has(secretKey(request)),
  };
}

function belowOf(request: SecretRequest, result: Read["result"]): readonly Parameter[] {
  return (result.outcome === "resolved" && result.below.get(secretKey(request))) || [];
}

async function read(tools: Tools, request: SecretRequest, denials = 0): Promise<Read> {
  const { account, session, launchType, undecided } = tools;
  const source = drySource(session, "{}");
  const result = await resolveSecrets([request], source, { launchType, account: account.id });
  // A placeholder fails where a JSON key is asked for; what was not seen says more.
  const [unseen] = source.unseen;
  if (unseen) return { outcome: { kind: "unknown", unseen }, source, result };
  if (result.outcome === "resolved") {
    const hidden = undecided ?? foreign(account, request);
    return { outcome: hidden ? { kind: "unknown", unseen: hidden } : { kind: "ok" }, source, result };
  }
  const [failure] = source.failures;
  const outcome: Failed = { kind: "failed", ...failure, reason: shown(result.reason) };
  if (!failure?.denied || denials === mostDenials) return { outcome, source, result };
  const mended = await read({ ...tools, session: await session.mending(failure.denied) }, request, denials + 1);
  const next = mended.outcome.kind === "failed" ? mended.outcome : undefined;
  return { outcome: { ...outcome, ...(next && { next }) }, source, result };
}

/** Whether another account has the parameter, and shares it, is its own to see. */
function foreign(account: Account, { provider, valueFrom }: SecretRequest): Unseen | undefined {
  const owner = provider === "ssm" ? parseArn(valueFrom)?.account : undefined;
  if (owner === undefined || owner === account.id) return undefined;
  const why = `the role's policies allow it; whether account ${owner} has the parameter and shares it is not looked at`;
  return new Unseen("ssm:GetResourcePolicies", valueFrom, why);
}

/** The secret that an ARN names; a complete ARN names that secret only. */
async function secretOf(account: Account, region: string, id: string): Promise<Secret | undefined> {
  const parts = parseArn(id);
  if (!parts || parts.region !== region) return undefined;
  const found = await ifSeen(account.secret(region, id));
  const isComplete = /-[A-Za-z0-9]{6}$/.test(id);
  return isComplete && found?.arn !== id ? undefined : found;
}

/** A secret whose name the ARN ends in, where its last six characters were taken for AWS's suffix or are another secret's. */
async function similarTo(account: Account, region: string, id: string): Promise<Secret | undefined> {
  const parts = parseArn(id);
  if (parts && parts.account !== account.id) return undefined; // names are of this account only
  const name = parts?.resource.replace(/^secret:/, "") ?? "";
  for (const candidate of [name, name.replace(/-[A-Za-z0-9]{6}$/, "")]) {
    if (!isSecretName(candidate)) continue;
    const found = await ifSeen(account.secret(region, candidate));
    if (found) return found;
  }
  return undefined;
}

function parameterOf(account: Account, { region, valueFrom }: SecretRequest) {
  const { name } = parseParameterReference(valueFrom);
  const owner = parseArn(valueFrom)?.account || account.id;
  return owner === account.id ? ifSeen(account.parameter(region, name)) : undefined;
}
