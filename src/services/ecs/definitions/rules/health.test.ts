import { container, testRules } from "./rules.fixture.ts";

const health = (members: object) => container({ healthCheck: { command: ["CMD-SHELL", "true"], ...members } });
const outside = (member: string, least: number, most: number) =>
  `Invalid health check: the '${member}' setting for container 'app' must be between ${least} and ${most}`;

testRules(
  "health, timeouts and restarts",
  [
    [health({ command: [] }), "Invalid 'healthCheck.command' setting for container 'app'."],
    [health({ command: ["CMD"] }), "Invalid 'healthCheck.command' setting for container 'app'."],
    [health({ interval: 4 }), outside("interval", 5, 300)],
    [health({ interval: 301 }), outside("interval", 5, 300)],
    [health({ timeout: 1 }), outside("timeout", 2, 60)],
    [health({ timeout: 61 }), outside("timeout", 2, 60)],
    [health({ retries: 0 }), outside("retries", 1, 10)],
    [health({ retries: 11 }), outside("retries", 1, 10)],
    [health({ startPeriod: -1 }), outside("startPeriod", 0, 300)],
    [health({ startPeriod: 301 }), outside("startPeriod", 0, 300)],
    [container({ startTimeout: -1 }), "Granular start timeout on container 'app' must be at least 2 seconds."],
    [container({ stopTimeout: 1 }), "Granular stop timeout on container 'app' must be at least 2 seconds."],
    [
      container({ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }),
      "Invalid restart policy: the 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800",
    ],
    [
      container({ restartPolicy: { enabled: true, ignoredExitCodes: Array.from({ length: 51 }, (_, code) => code) } }),
      "Invalid restart policy: the 'ignoredExitCodes' setting for container 'app' can have at most 50 items",
    ],
  ],
  [
    // AWS does not ask for CMD or CMD-SHELL.
    health({ command: ["/healthcheck"], interval: 5, timeout: 3, retries: 2 }),
    health({ command: ["echo test"] }),
    health({ command: ["NONE"] }),
    health({ interval: 300, timeout: 60, retries: 10, startPeriod: 300 }),
    container({ startTimeout: 2, stopTimeout: 3600 }),
    container({ restartPolicy: { enabled: true, restartAttemptPeriod: 1800, ignoredExitCodes: [0] } }),
    container({ restartPolicy: { enabled: false } }),
  ],
);
