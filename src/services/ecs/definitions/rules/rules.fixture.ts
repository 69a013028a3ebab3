import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { readDefinition } from "../read-definition.ts";

export type Registration = Partial<RegisterTaskDefinitionCommandInput>;

const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };
export const role = "arn:aws:iam::111122223333:role/execution";
export const app: ContainerDefinition = { name: "app", image: "nginx", memory: 64 };

/** A definition with one container, which has these members besides. */
export const container = (members: Partial<ContainerDefinition>): Registration => ({
  containerDefinitions: [{ ...app, ...members }],
});

/** A definition for Fargate with one container, which has these members besides. */
export const fargate = (members: Partial<ContainerDefinition>): Registration => ({
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  ...container(members),
});

/** Tests that definitions are refused in these words, and that others are taken. */
export function testRules(
  subject: string,
  refused: readonly (readonly [Registration, string])[],
  taken: readonly Registration[],
): void {
  for (const [index, [input, message]] of refused.entries()) {
    test(`${subject} ${index + 1}: refused with: ${message}`, () => {
      assert.deepEqual(read(input), { problem: message });
    });
  }
  test(`${subject}: what AWS takes is taken`, () => {
    for (const input of taken) {
      const result = read(input);
      assert("definition" in result, `${JSON.stringify(input)}: ${JSON.stringify(result)}`);
    }
  });
}

function read(input: Registration) {
  return readDefinition(scope, { family: "web", containerDefinitions: [app], ...input });
}
