import { ECS } from "@aws-sdk/client-ecs";
import { parseArn } from "../../arn.ts";
import { referencesOf, type SecretReference } from "../../services/ecs/index.ts";
import type { Connection } from "../connection.ts";
import { allPages, forEachOf } from "../pages.ts";

/** The references of every active revision, and of the revisions `more`, by ARN. */
export async function definitionReferences(
  { config }: Connection,
  more: Iterable<string>,
): Promise<ReadonlyMap<string, readonly SecretReference[]>> {
  const ecs = new ECS(config);
  try {
    const active = await allPages(async (nextToken) => {
      const answer = await ecs.listTaskDefinitions({ nextToken });
      return { items: answer.taskDefinitionArns, next: answer.nextToken };
    });
    const read = await forEachOf([...new Set([...active, ...more])], async (arn) => {
      const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: arn });
      const { containerDefinitions = [] } = taskDefinition ?? {};
      const { account = "", region = "", partition = "" } = parseArn(arn) ?? {};
      const scope = { account, region, partition };
      return [
        arn,
        referencesOf(
          { containerDefinitions: containerDefinitions.map((one) => ({ ...one, name: one.name ?? "" })) },
          scope,
        ),
      ] as const;
    });
    return new Map(read);
  } finally {
    ecs.destroy();
  }
}
