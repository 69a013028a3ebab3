import { explainPull } from "../../agent/engine/pull-reason.ts";
import { tokenFailure } from "../../agent/resources/ecr-tokens.ts";
import { registryAuthentication } from "../../services/ecs/index.ts";
import { Unseen } from "../account/account.ts";
import type { Definition, ImageFact, Outcome } from "./subject.ts";
import { outcomeOf, type Tools } from "./tools.ts";

/** What a pull asks for in the repository. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html */
const pulling = ["BatchGetImage", "GetDownloadUrlForLayer"];

type Place = Pick<ImageFact, "image" | "repository" | "registry" | "region" | "pointer">;

/** The images of Amazon ECR that the execution role pulls. */
export async function imageFacts(
  tools: Tools,
  { containerDefinitions = [] }: Definition,
): Promise<readonly ImageFact[]> {
  const facts = containerDefinitions.map(async ({ image = "", repositoryCredentials }, index) => {
    if (repositoryCredentials || !tools.hasExecutionRole) return [];
    const data = registryAuthentication({ image }, tools.account, true)?.ecrAuthData;
    if (!data) return [];
    const { region, registryId: registry } = data;
    const { repository, reference } = partsOf(image);
    const place = { image, repository, registry, region, pointer: `/containerDefinitions/${index}/image` };
    return [
      await tokenFact(tools, place),
      ...(await Promise.all(pulling.map((action) => pullFact(tools, place, action)))),
      ...(await existence(tools, place, reference)),
    ];
  });
  return (await Promise.all(facts)).flat();
}

function partsOf(image: string): { readonly repository: string; readonly reference: string } {
  const path = image.slice(image.indexOf("/") + 1);
  const [named = "", digest] = path.split("@");
  const [repository = "", tag = "latest"] = named.split(":");
  return { repository, reference: digest ?? tag };
}

async function tokenFact(tools: Tools, place: Place): Promise<ImageFact> {
  const { region, registry } = place;
  const result = await tools.session.ask("ecr", "GetAuthorizationToken", region, { registryIds: [registry] });
  const reason = (error: Error) => wordsOf(tokenFailure(error, tools.launchType));
  return { ...place, action: "ecr:GetAuthorizationToken", outcome: outcomeOf(tools, result, reason) };
}

async function pullFact(tools: Tools, place: Place, action: string): Promise<ImageFact> {
  const { region, registry: registryId, repository: repositoryName, image } = place;
  const result = await tools.session.ask("ecr", action, region, { registryId, repositoryName });
  // What another account's repository allows cannot be seen: the role's own policies are what is decided.
  const undecided = tools.undecided ?? (await unseenOf(tools.account.repository(region, registryId, repositoryName)));
  const outcome = outcomeOf({ undecided }, result, ({ message }) => pullFailed(image, `denied: ${message}`));
  return { ...place, action: `ecr:${action}`, outcome };
}

/** A repository or an image that is not there is found once, whatever may be done with it. */
async function existence({ account }: Tools, place: Place, reference: string): Promise<readonly ImageFact[]> {
  const { region, registry, repository: name, image } = place;
  const fact = (outcome: Outcome, isMissing?: "repository" | "image"): ImageFact => {
    return { ...place, action: "ecr:BatchGetImage", outcome, ...(isMissing && { isMissing }) };
  };
  try {
    if (!(await account.repository(region, registry, name))) {
      const words = `name unknown: The repository with name '${name}' does not exist in the registry with id '${registry}'`;
      return [fact({ kind: "failed", reason: pullFailed(image, words) }, "repository")];
    }
    if (await account.hasImage(region, registry, name, reference)) return [];
    const reason = pullFailed(image, `manifest unknown: Requested image not found`);
    return [fact({ kind: "failed", reason }, "image")];
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    return [fact({ kind: "unknown", unseen: error })];
  }
}

async function unseenOf(reading: Promise<unknown>): Promise<Unseen | undefined> {
  return reading.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Unseen) return error;
      throw error;
    },
  );
}

function pullFailed(image: string, words: string): string {
  return `CannotPullContainerError: ${explainPull(image, `Error response from daemon: ${words}`)}`;
}

function wordsOf({ name, message }: Error): string {
  return name === "Error" ? message : `${name}: ${message}`;
}
