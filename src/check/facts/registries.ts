import { type RegistryRequest, resolveRegistryCredentials } from "../../agent/secrets/index.ts";
import { registryAuthentication } from "../../services/ecs/index.ts";
import { drySource } from "./dry-source.ts";
import type { Definition, Outcome, RegistryFact } from "./subject.ts";
import { shown, type Tools } from "./tools.ts";

/** The credentials of private registries, each read as the agent reads it. */
export async function registryFacts(
  tools: Tools,
  { containerDefinitions = [] }: Definition,
): Promise<readonly RegistryFact[]> {
  const facts = containerDefinitions.map(async (container, index): Promise<readonly RegistryFact[]> => {
    const { image = "", repositoryCredentials } = container;
    const given = { image, ...(repositoryCredentials && { repositoryCredentials }) };
    const asked = registryAuthentication(given, tools.account, tools.hasExecutionRole)?.asmAuthData;
    if (!asked) return [];
    const pointer = `/containerDefinitions/${index}/repositoryCredentials/credentialsParameter`;
    return [{ pointer, secretId: asked.credentialsParameter, outcome: await read(tools, asked) }];
  });
  return (await Promise.all(facts)).flat();
}

async function read(tools: Tools, asked: RegistryRequest): Promise<Outcome> {
  const source = drySource(tools.session, JSON.stringify({ username: "x", password: "x" }));
  const result = await resolveRegistryCredentials([asked], source, tools.launchType);
  const [unseen = tools.undecided] = source.unseen;
  if (result.outcome !== "failed") return unseen ? { kind: "unknown", unseen } : { kind: "ok" };
  const [failure] = source.failures;
  const outcome: Outcome = { kind: "failed", ...failure, reason: shown(result.reason) };
  if (!failure?.denied) return outcome;
  const next = await read({ ...tools, session: await tools.session.mending(failure.denied) }, asked);
  return { ...outcome, ...(next.kind === "failed" && { next }) };
}
