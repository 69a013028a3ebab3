import type { ContainerDefinition, ContainerDependency } from "@aws-sdk/client-ecs";
import { app, container, type Registration, testRules } from "./rules.fixture.ts";

const on = (containerName: string, condition: ContainerDependency["condition"] = "START") => [
  { containerName, condition },
];
const two = (first: Partial<ContainerDefinition>, second: Partial<ContainerDefinition>): Registration => ({
  containerDefinitions: [
    { ...app, ...first },
    { ...app, name: "b", ...second },
  ],
});
const healthCheck = { command: ["CMD", "true"] };

testRules(
  "dependencies",
  [
    [container({ dependsOn: on("b") }), "Cannot depend on container + 'b' because it does not exist"],
    [container({ links: ["b:db"] }), "Invalid 'links' setting. Unknown container: 'b'"],
    [container({ links: ["b:"] }), "Invalid 'links' setting. Malformed link: 'b:'"],
    [container({ volumesFrom: [{ sourceContainer: "b" }] }), "Invalid 'volumesFrom' setting. Unknown container: 'b'"],
    [
      two({}, { dependsOn: on("app", "SUCCESS") }),
      "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ],
    [
      two({}, { dependsOn: on("app", "COMPLETE") }),
      "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ],
    [
      two({}, { dependsOn: on("app", "HEALTHY") }),
      "A dependency container with HEALTHY condition must have health check configured",
    ],
    [two({ dependsOn: on("b") }, { dependsOn: on("app") }), "Container dependsOn contains a cycle"],
    [container({ dependsOn: on("app") }), "Container dependsOn contains a cycle"],
    [two({ links: ["b"] }, { links: ["app"] }), "Container links should not have a cycle"],
    [
      two({ volumesFrom: [{ sourceContainer: "b" }] }, { volumesFrom: [{ sourceContainer: "app" }] }),
      "Container volumesFrom contains a cycle",
    ],
    [two({ links: ["b"] }, { dependsOn: on("app") }), "Container links, volumesFrom and dependsOn contain a cycle"],
  ],
  [
    two({ essential: false }, { dependsOn: on("app", "SUCCESS") }),
    two(
      { healthCheck },
      { dependsOn: on("app", "HEALTHY"), links: ["app:web"], volumesFrom: [{ sourceContainer: "app" }] },
    ),
    {
      containerDefinitions: [
        { ...app, dependsOn: [...on("b"), ...on("c")] },
        { ...app, name: "b", dependsOn: on("c") },
        { ...app, name: "c" },
      ],
    },
  ],
);
