import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Volume } from "@aws-sdk/client-ecs";

export type Registration = Omit<RegisterTaskDefinitionCommandInput, "family">;

/** Two definitions that differ in one member, or, where a member comes with others only, in these. */
export interface Pair {
  readonly given: Registration;
  readonly without: Registration;
}

/** What a member of a task definition does. */
export type Effect =
  /** The agent gets another payload. */
  | ({ readonly effect: "payload"; readonly together?: string } & Pair)
  /** The agent gets another payload, if there is an agent that runs such definitions. */
  | ({ readonly effect: "payload where it runs" } & Pair)
  /** Placement asks the instance for something. */
  | ({ readonly effect: "placement" } & Pair)
  /** Asks for an attribute that no agent has, so that the definition runs nowhere. */
  | ({ readonly effect: "nowhere" } & Pair)
  /** The registration is refused. */
  | { readonly effect: "refused"; readonly given: Registration; readonly message: RegExp }
  /** It has one value only. */
  | { readonly effect: "constant" }
  /** It changes nothing that runs, for a reason. */
  | { readonly effect: "record"; readonly reason: string };

export const role = "arn:aws:iam::111122223333:role/execution";
const image = "nginx";
const healthCheck = { command: ["CMD", "true"] };
const volumes = [{ name: "v" }, { name: "w" }];

/** Three containers, of which the first has the members. */
export function containers(first: object, second: object = {}): ContainerDefinition[] {
  return [
    { name: "app", image, memory: 64, ...first },
    { name: "other", image, memory: 64, essential: false, healthCheck, ...second },
    { name: "third", image, memory: 64, essential: false },
  ];
}

export const pair = (given: object, without: object, task: Partial<Registration> = {}, second: object = {}): Pair => ({
  given: { volumes, ...task, containerDefinitions: containers(given, second) },
  without: { volumes, ...task, containerDefinitions: containers(without, second) },
});

/** A member of a container that the agent is told of. */
export const told = (
  given: object,
  without: object = {},
  task: Partial<Registration> = {},
  second: object = {},
): Effect => ({
  effect: "payload",
  ...pair(given, without, task, second),
});

/** A member of the task that the agent is told of. */
export const ofTask = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  effect: "payload",
  given: { containerDefinitions: containers({}), ...given },
  without: { containerDefinitions: containers({}), ...without },
});

export const placed = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  ...(ofTask(given, without) as Pair),
  effect: "placement",
});

export const nowhere = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  ...(ofTask(given, without) as Pair),
  effect: "nowhere",
});

/** A member of a mounted volume that the agent is told of. */
export const ofVolume = (
  given: Partial<Volume>,
  without: Partial<Volume> = {},
  effect: "payload" | "payload where it runs" = "payload",
): Effect => {
  const of = (volume: Partial<Volume>) => ({
    volumes: [{ name: "v", ...volume }],
    containerDefinitions: containers({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
  });
  return { effect, given: of(given), without: of(without) };
};

export const docker = (given: object, without: object = {}) => {
  const of = (members: object) => ({ dockerVolumeConfiguration: { scope: "shared" as const, ...members } });
  return ofVolume(of(given), of(without), "payload where it runs");
};
export const efs = (given: object, without: object = {}) => {
  const of = (members: object) => ({
    efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" as const, ...members },
  });
  return ofVolume(of(given), of(without), "payload where it runs");
};
export const s3files = nowhere({
  volumes: [
    {
      name: "v",
      s3filesVolumeConfiguration: {
        fileSystemArn: "arn:aws:s3files:us-east-1:111122223333:file-system/fs-1",
        rootDirectory: "/",
        transitEncryptionPort: 2049,
        accessPointArn: "arn:aws:s3files:us-east-1:111122223333:access-point/ap-1",
      },
    },
  ],
});
export const fsx = nowhere({
  volumes: [
    {
      name: "v",
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: "fs-1",
        rootDirectory: "data",
        authorizationConfig: { credentialsParameter: "arn:aws:secretsmanager:x", domain: "example.com" },
      },
    },
  ],
});
export const proxy = nowhere(
  {
    networkMode: "awsvpc",
    proxyConfiguration: {
      containerName: "other",
      properties: ["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "IgnoredUID"].map((name) => ({
        name,
        value: "1",
      })),
    },
  },
  { networkMode: "awsvpc" },
);

export const port = (given: object, without: object = {}) =>
  told({ portMappings: [{ containerPort: 80, ...given }] }, { portMappings: [{ containerPort: 80, ...without }] });
export const linux = (given: object, without: object = {}) =>
  told({ linuxParameters: given }, { linuxParameters: without });
export const tmpfs = (given: object, without: object = {}) => {
  const of = (members: object) => ({ tmpfs: [{ containerPath: "/t", size: 1, ...members }] });
  return linux(of(given), of(without));
};
export const device = (given: object, without: object = {}) => {
  const of = (members: object) => ({ devices: [{ hostPath: "/dev/null", ...members }] });
  return linux(of(given), of(without));
};
export const check = (given: object, without: object = {}) =>
  told({ healthCheck: { ...healthCheck, ...given } }, { healthCheck: { ...healthCheck, ...without } });
export const log = (given: object, without: object = {}) => {
  const of = (members: object) => ({ logConfiguration: { logDriver: "json-file", ...members } });
  return told(of(given), of(without), { executionRoleArn: role });
};
export const secretOption = (given: object) =>
  log(
    { secretOptions: [{ name: "tag", valueFrom: "/tag", ...given }] },
    { secretOptions: [{ name: "tag", valueFrom: "/tag" }] },
  );
export const secret = (given: object) =>
  told(
    { secrets: [{ name: "A", valueFrom: "/a", ...given }] },
    { secrets: [{ name: "A", valueFrom: "/a" }] },
    {
      executionRoleArn: role,
    },
  );
export const router = (given: object, without: object) =>
  told(
    { firelensConfiguration: { type: "fluentbit", ...given } },
    { firelensConfiguration: { type: "fluentbit", ...without } },
    {},
    { logConfiguration: { logDriver: "awsfirelens" } },
  );
export const restart = (given: object, without: object = {}) =>
  told({ restartPolicy: { enabled: true, ...given } }, { restartPolicy: { enabled: true, ...without } });
export const ulimit = (given: object) => {
  const of = (members: object) => ({ ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2, ...members }] });
  return told(of(given), of({}));
};
export const sharing: Effect = {
  effect: "refused",
  given: {
    containerDefinitions: containers({
      resourceRequirements: [
        { type: "GPU", value: "1", sharingStrategy: { nvidiaMps: { maxComputePercent: 50, memory: 1024 } } },
      ],
    }),
  },
  message: /^Sharing a GPU is not supported/,
};
export const constant: Effect = { effect: "constant" };
