import { defined } from "../../defined.ts";
import type { SecretOutcome, SecretProblem } from "./failure.ts";
import { isParameterArn, type ParameterReference, parameterToRequest, parseParameterReference } from "./reference.ts";
import { getParametersOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";
import { type Parameter, type ParametersAnswer, type SecretRequest, type SecretSource, secretKey } from "./secret.ts";

/** GetParameters takes at most this many names. */
const batchSize = 10;

/**
 * Reads the Parameter Store requests among a task's, which have different keys: per region in batches, where one invalid
 * parameter fails its whole batch. `account` is the one whose parameters plain names stand for.
 */
export async function resolveParameterStore(
  requests: readonly SecretRequest[],
  source: SecretSource,
  account: string,
): Promise<ReadonlyMap<string, SecretOutcome>> {
  const asked = requests.map((request) => {
    const { region, valueFrom } = request;
    return { request, region, name: parameterToRequest(valueFrom, { account, region }) };
  });
  const regions = new Map<string, Set<string>>();
  for (const { region, name } of asked) regions.set(region, (regions.get(region) ?? new Set()).add(name));
  const byRegion = new Map<string, ReadonlyMap<string, SecretOutcome>>();
  const reads = [...regions].map(async ([region, names]) => {
    const batches = await Promise.all(inBatches([...names]).map((batch) => readBatch(region, batch, source)));
    byRegion.set(region, new Map(batches.flatMap((batch) => [...batch])));
  });
  await Promise.all(reads);
  return new Map(
    asked.flatMap(({ request, region, name }): [string, SecretOutcome][] => {
      const outcome = byRegion.get(region)?.get(name);
      return outcome ? [[secretKey(request), outcome]] : [];
    }),
  );
}

function inBatches(names: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / batchSize);
  return Array.from({ length: count }, (_, index) => names.slice(index * batchSize, (index + 1) * batchSize));
}

/** Outcomes by name as asked for. */
async function readBatch(
  region: string,
  names: readonly string[],
  source: SecretSource,
): Promise<ReadonlyMap<string, SecretOutcome>> {
  const answer = await answerOf(region, names, source);
  if ("problem" in answer) return new Map(names.map((name) => [name, answer]));
  const found = matchParameters(names, answer.parameters);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length === 0)
    return new Map([...found].map(([name, { value = "", read }]) => [name, { value, ...defined({ read }) }]));
  // AWS's agent would silently set these to the empty string.
  const failed = inRegion(region, { detail: `response did not contain parameters: ${missing.join(",")}` });
  return new Map(names.map((name) => [name, failed]));
}

function invalid(region: string, names: readonly string[]): { readonly problem: SecretProblem } {
  const list = names.join(",");
  const { problem } = inRegion(region, { detail: `invalid parameters: ${list}` });
  return { problem: { ...problem, detail: `invalid ssm parameters: ${list}` } };
}

async function answerOf(
  region: string,
  names: readonly string[],
  source: SecretSource,
): Promise<ParametersAnswer | { readonly problem: SecretProblem }> {
  // Parameter Store would find fault with the name's characters without saying which name it means.
  const misshapen = names.filter((name) => name.startsWith("arn:") && !isParameterArn(name));
  if (misshapen.length > 0) return invalid(region, misshapen);
  try {
    const answer = await source.getParameters(region, names);
    return answer.invalidParameters.length === 0 ? answer : invalid(region, answer.invalidParameters);
  } catch (error) {
    const detail = sdkErrorText(getParametersOperation, error);
    return inRegion(region, { detail, connection: isConnectionFailure(error) });
  }
}

function inRegion(region: string, { detail, connection = false }: { detail: string; connection?: boolean }) {
  const text = `fetching secret data from SSM Parameter Store in ${region}: ${detail}`;
  return { problem: { provider: "ssm", text, detail, connection } };
}

/**
 * Which parameter answers which name: an answer gives name and selector apart, and a plain name where an ARN was asked
 * for. ARNs go first, because another account's parameter may have the same name as one of ours.
 */
function matchParameters(names: readonly string[], answers: readonly Parameter[]): ReadonlyMap<string, Parameter> {
  const asked = names.map((name) => ({ asked: name, ...parseParameterReference(name) }));
  const isArn = ({ base }: ParameterReference) => base.startsWith("arn:");
  const left = new Set(answers);
  const found = new Map<string, Parameter>();
  for (const reference of [...asked.filter(isArn), ...asked.filter((one) => !isArn(one))]) {
    const alone = asked.filter(({ name }) => name === reference.name).length === 1;
    const answer = answerTo(reference, [...left], alone);
    if (answer === undefined) continue;
    left.delete(answer);
    found.set(reference.asked, answer);
  }
  return found;
}

function answerTo(
  { base, name, selector }: ParameterReference,
  answers: readonly Parameter[],
  alone: boolean,
): Parameter | undefined {
  const selected = (answer: Parameter) => (answer.selector ?? "").replace(/^:/, "") === selector;
  const sameBase = answers.filter((answer) => answer.arn === base || answer.name === base);
  const exact = sameBase.find(selected);
  if (exact !== undefined || !alone) return exact;
  // Nothing else of this name was asked for, so that an answer without ARN or selector is still beyond doubt.
  const sameName = answers.filter((answer) => answer.name === name || answer.arn === base);
  const [only, ...others] = sameName;
  return sameName.find(selected) ?? (others.length === 0 && !only?.selector ? only : undefined);
}
