import { testAccount as account, testRegion as region } from "../../../test/support/in-process.ts";
import type { Definition } from "../facts/subject.ts";
import { type CheckGiven, definition, role, type World } from "../world.fixture.ts";

/** A definition, and what the check finds in it. */
export interface Case extends CheckGiven {
  readonly make: (world: World) => Definition;
  /** The rules that find something, in the order of the file, each as often as it finds. */
  readonly rules: string;
  readonly aws?: RegExp;
  /** The exact mend, anywhere in the findings. */
  readonly mend?: (world: World) => string;
}

export const secrets =
  (...valuesFrom: ((world: World) => string)[]) =>
  (world: World) =>
    definition({ secrets: valuesFrom.map((of, index) => ({ name: `S${index}`, valueFrom: of(world) })) });
export const logs = (group: string, options: object = {}) => ({
  logConfiguration: {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": "ecs", ...options },
  },
});
export const ecr = (name: string) => `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
export const by = (name: string, from: (world: World) => Definition) => (world: World) => ({
  ...from(world),
  executionRoleArn: role(name),
});
export const every = (world: World) =>
  definition({
    secrets: [
      { name: "A", valueFrom: world.secrets.db },
      { name: "B", valueFrom: world.secrets.own },
      { name: "C", valueFrom: `arn:aws:ssm:${region}:${account}:parameter/app/url` },
      { name: "D", valueFrom: "/app/url" },
    ],
    repositoryCredentials: { credentialsParameter: world.secrets.registry },
    ...logs("/ecs/web"),
  });
