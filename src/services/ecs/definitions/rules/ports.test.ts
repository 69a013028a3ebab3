import { app, container, testRules } from "./rules.fixture.ts";

const port = (mapping: object, networkMode?: "awsvpc" | "host" | "none") => ({
  ...container({ portMappings: [mapping] }),
  ...(networkMode && { networkMode }),
});
const two = (first: object, second: object) => ({
  containerDefinitions: [
    { ...app, portMappings: [first] },
    { ...app, name: "b", portMappings: [second] },
  ],
});
const mismatch = (mode: string) =>
  `When networkMode=${mode}, the host ports and container ports in port mappings must match.`;

testRules(
  "ports",
  [
    [port({ containerPort: 80 }, "none"), "Port mappings are not supported when networkMode=none."],
    [port({ containerPort: 80, hostPort: 8080 }, "awsvpc"), mismatch("awsvpc")],
    [port({ containerPort: 80, hostPort: 8080 }, "host"), mismatch("host")],
    [port({ containerPort: 70000 }), "Invalid 'containerPort' setting for container 'app'."],
    [port({ containerPort: 0 }), "Invalid 'containerPort' setting for container 'app'."],
    [port({ hostPort: 80 }), "Invalid 'containerPort' setting for container 'app'."],
    [port({ containerPort: 80, hostPort: -1 }), "Invalid 'hostPort' setting for container 'app'."],
    [
      port({ containerPort: 80, containerPortRange: "80-90" }),
      "Invalid setting for container 'app': cannot specify both single port and port range",
    ],
    [port({ containerPortRange: "90-80" }), "Invalid 'containerPortRange' setting for container 'app'."],
    [port({ containerPortRange: "80" }), "Invalid 'containerPortRange' setting for container 'app'."],
    [port({ containerPortRange: "80-70000" }), "Invalid 'containerPortRange' setting for container 'app'."],
    [port({ containerPortRange: "80-90" }, "host"), "Container port ranges are not supported when networkMode=host."],
    [
      container({ portMappings: [{ containerPort: 85 }, { containerPortRange: "80-90" }] }),
      "Invalid setting for container 'app': container port is used multiple times in task: 80-90/tcp",
    ],
    [
      container({ portMappings: [{ containerPort: 80 }, { containerPort: 80, hostPort: 8080 }] }),
      "Invalid setting for container 'app': container port is used multiple times in task: 80/tcp",
    ],
    [
      container({
        portMappings: [
          { containerPort: 80, hostPort: 8080 },
          { containerPort: 81, hostPort: 8080 },
        ],
      }),
      "TCP host port '8080' is mapped multiple times in task.",
    ],
    [
      two({ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 8080, protocol: "tcp" }),
      "TCP host port '8080' is mapped multiple times in task.",
    ],
    [
      { ...two({ containerPort: 53, protocol: "udp" }, { containerPort: 53, protocol: "udp" }), networkMode: "awsvpc" },
      "UDP host port '53' is mapped multiple times in task.",
    ],
    [
      { ...two({ containerPort: 80 }, { containerPort: 80 }), networkMode: "host" },
      "TCP host port '80' is mapped multiple times in task.",
    ],
    [port({ containerPort: 80, name: "-http" }), "Invalid port mapping name: '-http'"],
    [
      {
        containerDefinitions: [
          { ...app, portMappings: [{ containerPort: 80, name: "http" }] },
          { ...app, name: "b", portMappings: [{ containerPort: 81, name: "http" }] },
        ],
      },
      "Invalid setting: port mapping name is already used: 'http'",
    ],
  ],
  [
    // A DNS server, and Consul.
    container({
      portMappings: [
        { containerPort: 53, hostPort: 53, protocol: "tcp" },
        { containerPort: 53, hostPort: 53, protocol: "udp" },
      ],
    }),
    port({ containerPortRange: "1-65535" }),
    port({ containerPort: 80, hostPort: 0 }, "awsvpc"),
    two({ containerPort: 80 }, { containerPort: 80 }),
    two({ containerPort: 80, hostPort: 80, protocol: "udp" }, { containerPort: 80, hostPort: 80 }),
    port({ containerPort: 80, name: "http", appProtocol: "http2" }),
  ],
);
