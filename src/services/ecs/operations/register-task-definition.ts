import { RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { flagKey } from "../../../model/flag-key.ts";
import { operation } from "../../../model/operation.ts";
import { findPlaintextSecrets } from "../../../plaintext-secrets/index.ts";
import { newTags, passRoles, tagOnCreate } from "../access.ts";
import { taskDefinitionArn } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { refusePlaintextSecrets, showFindings } from "../definitions/plaintext-findings.ts";
import { readDefinition } from "../definitions/read-definition.ts";
import { definitionShape } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";
import { checkNewTags } from "../tags/tags.ts";
import { sizeConditions } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const registerTaskDefinition = operation(RegisterTaskDefinitionCommand)({
  find: (input, call, _context: Ecs) => readDefinition(call, input),
  access(read, input, call) {
    const roles = "definition" in read ? [read.definition.taskRoleArn, read.definition.executionRoleArn] : [];
    // Its revision is not known before it is registered.
    const resource = taskDefinitionArn(call, input.family, "*");
    const conditions = {
      ...newTags(input.tags),
      ...sizeConditions(input),
      ...(input.requiresCompatibilities?.length && { "ecs:compute-compatibility": input.requiresCompatibilities }),
      ...defined({ "ecs:privileged": privileged(input.containerDefinitions) }),
    };
    return [
      { resource, conditions },
      ...passRoles(call, { to: "ecs-tasks.amazonaws.com", associatedResource: resource }, ...roles),
      ...tagOnCreate("RegisterTaskDefinition", resource, input.tags),
    ];
  },
  async run(read, input, { store, denyPlaintextSecrets }, call) {
    if ("problem" in read) throw clientError(read.problem);
    checkNewTags(input.tags);
    const { family } = read.definition;
    const plaintextFindings = await findPlaintextSecrets(input);
    if (denyPlaintextSecrets) refusePlaintextSecrets(plaintextFindings);
    const definition = await store.transaction(async (records) => {
      const revision = (await records.definitions.lastRevision(call, family)) + 1;
      const made: TaskDefinition = {
        ...read.definition,
        arn: taskDefinitionArn(call, family, revision),
        revision,
        status: "ACTIVE",
        registeredAt: call.time.getTime(),
        registeredBy: call.principal.arn,
        ...(plaintextFindings.length > 0 && { plaintextFindings }),
      };
      await records.definitions.put(call, made);
      if (input.tags?.length) await records.tags.put(made.arn, input.tags);
      return made;
    });
    showFindings(call, definition);
    return { taskDefinition: definitionShape(definition), tags: input.tags ?? [] };
  },
});

/** `undefined` where no container says whether it is privileged. */
function privileged(containers: readonly { readonly privileged?: boolean }[]) {
  const said = containers.flatMap((container) => container.privileged ?? []);
  return flagKey(said.length === 0 ? undefined : said.includes(true));
}
