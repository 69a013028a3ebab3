import { type HeldSecret, heldBy } from "../../../acs/held-secrets.ts";
import { openEcs, startFakeAgent, type TestOptions } from "../test-support.fixture.ts";
import type { CurrentVersions } from "./references.ts";

export const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3";
export const key = "arn:aws:ssm:us-east-1:111122223333:parameter/app/key";

/** A secret and a parameter whose versions the test sets, and a service whose container `app` has both. */
export async function openHolder(options: TestOptions & { readonly dockerLabels?: Record<string, string> } = {}) {
  const now = new Map([
    [db, "v1"],
    [key, "1"],
  ]);
  const gone = new Set<string>();
  const currentVersions: CurrentVersions = async ({ id, selector }) => {
    const arn = id === "/app/key" ? key : id;
    const version = selector && "version" in selector ? selector.version : now.get(arn);
    return version === undefined || gone.has(`${arn} ${version}`) || gone.has(arn) ? [] : [{ arn, version }];
  };
  const own = await openEcs({ currentVersions, ...options });
  const { ecs } = own;
  await ecs.createCluster({});
  const agent = await startFakeAgent(own);
  await ecs.registerTaskDefinition({
    family: "holder",
    executionRoleArn: "arn:aws:iam::111122223333:role/execution",
    containerDefinitions: [
      {
        ...{ name: "app", image: "busybox", memory: 16, dockerLabels: options.dockerLabels ?? {} },
        secrets: [
          { name: "PASSWORD", valueFrom: `${db}:password::` },
          { name: "KEY", valueFrom: "/app/key" },
        ],
      },
    ],
  });
  /** What a task that starts now gets. */
  const held = async (): Promise<readonly HeldSecret[]> =>
    heldBy([...now].map(([arn, version]) => ["app", { arn, version }]));
  return { ...own, agent, now, gone, held };
}
