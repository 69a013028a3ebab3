import { app, container, testRules } from "./rules.fixture.ts";

const awsvpc = (members: object) => ({ networkMode: "awsvpc" as const, ...container(members) });

testRules(
  "network modes",
  [
    [awsvpc({ hostname: "web" }), "hostname is not supported on container when networkMode=awsvpc."],
    [awsvpc({ dnsServers: ["10.0.0.2"] }), "DNS servers are not supported on container when networkMode=awsvpc."],
    [
      awsvpc({ dnsSearchDomains: ["example.com"] }),
      "DNS search domains are not supported on container when networkMode=awsvpc.",
    ],
    [
      awsvpc({ extraHosts: [{ hostname: "db", ipAddress: "10.0.0.3" }] }),
      "Extra hosts are not supported on container when networkMode=awsvpc.",
    ],
    [awsvpc({ disableNetworking: true }), "Disable Networking is not supported on container when networkMode=awsvpc."],
    [awsvpc({ links: ["app"] }), "Links are not supported when networkMode=awsvpc."],
    [{ networkMode: "host", ...container({ links: ["app"] }) }, "Links are not supported when networkMode=host."],
    [container({ hostname: "a b" }), "Invalid 'hostname' setting for container 'app'."],
    [container({ dnsServers: ["a b"] }), "Invalid 'dnsServers' setting for container 'app'."],
    [container({ dnsSearchDomains: ["-"] }), "Invalid 'dnsSearchDomains' setting for container 'app'."],
    [
      container({ extraHosts: [{ hostname: "db", ipAddress: "somewhere" }] }),
      "Invalid 'extraHosts' setting for container 'app'.",
    ],
  ],
  [
    // What consoles and CDK send.
    awsvpc({ links: [], dnsServers: [], dnsSearchDomains: [], extraHosts: [], disableNetworking: false }),
    container({ hostname: "my_web_" }),
    container({
      hostname: "web-1",
      dnsServers: ["10.0.0.2", "fd00::2"],
      dnsSearchDomains: ["example.com"],
      extraHosts: [{ hostname: "db", ipAddress: "fd00::3" }],
    }),
    {
      containerDefinitions: [
        { ...app, links: ["b:db"] },
        { ...app, name: "b" },
      ],
    },
  ],
);
