import { app, container, testRules } from "./rules.fixture.ts";

const invalid = (member: string) =>
  `Invalid '${member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;
const sum = (member: string, whole: string) =>
  `The sum of all container '${member}' values cannot be greater than the value of the task '${whole}'.`;
const tooSmall = (member: string) =>
  `Invalid setting for container 'app'. The '${member}' value must be at least 6 MiB.`;

testRules(
  "sizes",
  [
    [container({ cpu: -1 }), "Invalid 'cpu' setting for container 'app'."],
    [container({ memory: -64 }), tooSmall("memory")],
    [container({ memoryReservation: -1 }), tooSmall("memoryReservation")],
    [
      { containerDefinitions: [{ name: "app", image: "nginx" }] },
      "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    [
      container({ memory: 64, memoryReservation: 128 }),
      "Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'.",
    ],
    [
      { memory: "4096", ...container({ memory: 8192 }) },
      "The 'memory' setting for container 'app' is greater than for the task.",
    ],
    [{ cpu: "256", ...container({ cpu: 512 }) }, sum("cpu", "cpu")],
    [
      {
        memory: "512",
        containerDefinitions: [
          { name: "a", image: "nginx", memoryReservation: 512 },
          { name: "b", image: "nginx", memoryReservation: 6 },
        ],
      },
      sum("memoryReservation", "memory"),
    ],
    [{ cpu: "much" }, invalid("cpu")],
    [{ cpu: "64" }, invalid("cpu")],
    [{ cpu: "200000" }, invalid("cpu")],
    [{ memory: "-1" }, invalid("memory")],
  ],
  [
    { cpu: "0.125 vCPU", memory: "1GB" },
    // Hard limits may add up to more than the task has.
    {
      memory: "512",
      containerDefinitions: [
        { ...app, memory: 512 },
        { ...app, name: "b", memory: 512 },
      ],
    },
    container({ memory: 64, memoryReservation: 0 }),
  ],
);
