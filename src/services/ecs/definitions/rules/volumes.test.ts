import type { Volume } from "@aws-sdk/client-ecs";
import { container, testRules } from "./rules.fixture.ts";

const volume = (...volumes: Partial<Volume>[]) => ({ volumes: volumes.map((each) => ({ name: "v", ...each })) });
const efs = (members: object) => volume({ efsVolumeConfiguration: { fileSystemId: "fs-1", ...members } });
const one = "When the volume parameter is specified, only one volume configuration type should be used.";

testRules(
  "volumes",
  [
    [{ volumes: [{}] }, "Volume.name should not be null or empty."],
    [volume({ name: "a b" }), "Volume.name contains invalid characters."],
    [volume({}, {}), "Volume names must be unique within a Task Definition. Duplicate volume: 'v'"],
    [volume({ host: { sourcePath: "/x" }, efsVolumeConfiguration: { fileSystemId: "fs-1" } }), one],
    [volume({ dockerVolumeConfiguration: {}, configuredAtLaunch: true }), one],
    [
      volume({ dockerVolumeConfiguration: { scope: "task", autoprovision: false } }),
      "When 'scope' parameter is 'task', 'autoprovision' must either not be specified or set to 'True'.",
    ],
    [
      volume({ dockerVolumeConfiguration: { autoprovision: false } }),
      "When 'scope' parameter is 'task', 'autoprovision' must either not be specified or set to 'True'.",
    ],
    [
      efs({ rootDirectory: "/data", transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-1" } }),
      'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
    ],
    [
      efs({ authorizationConfig: { iam: "ENABLED" } }),
      "EFS IAM authorization requires TransitEncryption to be enabled.",
    ],
    [
      efs({ authorizationConfig: { accessPointId: "fsap-1" } }),
      "EFS access points require TransitEncryption to be enabled.",
    ],
    [efs({ transitEncryptionPort: 2049 }), "TransitEncryptionPort requires that TransitEncryption is enabled."],
    [efs({ transitEncryption: "ENABLED", transitEncryptionPort: 70000 }), "Invalid TransitEncryptionPort."],
    [efs({ rootDirectory: "data" }), "The EFS root directory must be an absolute path."],
    [efs({ fileSystemId: "" }), "EFS file system ID cannot be null or blank."],
    [volume({ s3filesVolumeConfiguration: { fileSystemArn: "fs-1" } }), "Invalid arn syntax."],
    [container({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }), "Unknown volume 'v'."],
    [container({ mountPoints: [{ containerPath: "/v" }] }), "Unknown volume 'null'."],
    [
      { ...volume({}), ...container({ mountPoints: [{ sourceVolume: "v" }] }) },
      "Invalid 'mountPoints' setting for container 'app'. The container path is missing.",
    ],
    [volume({ configuredAtLaunch: true }), "Volumes [v] are not referenced by any of the containers"],
    [
      volume({ configuredAtLaunch: true }, { name: "w", configuredAtLaunch: true }),
      "A task definition can have at most one volume that is configured at launch.",
    ],
  ],
  [
    // An empty host comes with every kind from some clients.
    volume({ host: {}, efsVolumeConfiguration: { fileSystemId: "fs-1" } }, { name: "w" }),
    volume({ dockerVolumeConfiguration: { scope: "task", autoprovision: true, driver: "local" } }),
    volume({ dockerVolumeConfiguration: { scope: "shared", autoprovision: false } }),
    efs({
      rootDirectory: "/",
      transitEncryption: "ENABLED",
      transitEncryptionPort: 2049,
      authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
    }),
    {
      ...volume({ configuredAtLaunch: true }),
      ...container({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
    },
  ],
);
