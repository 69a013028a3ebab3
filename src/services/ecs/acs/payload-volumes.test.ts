import assert from "node:assert/strict";
import { test } from "node:test";
import type { Volume } from "@aws-sdk/client-ecs";
import { payloadMountPoints, payloadVolume } from "./payload-volumes.ts";

const cases: readonly (readonly [string, Volume, object])[] = [
  ["a path of the machine", { host: { sourcePath: "/srv" } }, { type: "host", host: { sourcePath: "/srv" } }],
  ["nothing but a name", {}, { type: "host", host: {} }],
  ["an empty host", { host: {} }, { type: "host", host: {} }],
  [
    "a Docker volume with defaults",
    { dockerVolumeConfiguration: {} },
    {
      type: "docker",
      dockerVolumeConfiguration: { scope: "task", autoprovision: false, driver: "local", driverOpts: {}, labels: {} },
    },
  ],
  [
    "a shared Docker volume",
    {
      dockerVolumeConfiguration: {
        scope: "shared",
        autoprovision: true,
        driver: "rexray/ebs",
        driverOpts: { size: "5" },
        labels: { team: "blue" },
      },
    },
    {
      type: "docker",
      dockerVolumeConfiguration: {
        scope: "shared",
        autoprovision: true,
        driver: "rexray/ebs",
        driverOpts: { size: "5" },
        labels: { team: "blue" },
      },
    },
  ],
  [
    "EFS",
    { efsVolumeConfiguration: { fileSystemId: "fs-1" } },
    { type: "efs", efsVolumeConfiguration: { fileSystemId: "fs-1", rootDirectory: "/" } },
  ],
  [
    "EFS in full",
    {
      efsVolumeConfiguration: {
        fileSystemId: "fs-1",
        rootDirectory: "/",
        transitEncryption: "ENABLED",
        transitEncryptionPort: 2999,
        authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
      },
    },
    {
      type: "efs",
      efsVolumeConfiguration: {
        fileSystemId: "fs-1",
        rootDirectory: "/",
        transitEncryption: "ENABLED",
        transitEncryptionPort: 2999,
        authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
      },
    },
  ],
  ["a managed EBS volume", { configuredAtLaunch: true }, { type: "ebs" }],
  ["S3 Files", { s3filesVolumeConfiguration: { fileSystemArn: "arn:1" } }, { type: "s3files" }],
  [
    "FSx for Windows File Server",
    {
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: "fs-1",
        rootDirectory: "d",
        authorizationConfig: { credentialsParameter: "arn:1", domain: "d" },
      },
    },
    { type: "fsxWindowsFileServer" },
  ],
];

for (const [what, volume, payload] of cases) {
  test(`The agent is told of a volume that is ${what}`, () => {
    assert.deepEqual(payloadVolume({ name: "v", ...volume }), { name: "v", ...payload });
  });
}

test("The agent is told which volumes a container mounts", () => {
  const mounts = [
    { sourceVolume: "v", containerPath: "/v" },
    { sourceVolume: "w", containerPath: "/w", readOnly: true },
  ];
  assert.deepEqual(payloadMountPoints(mounts), [
    { sourceVolume: "v", containerPath: "/v", readOnly: false },
    { sourceVolume: "w", containerPath: "/w", readOnly: true },
  ]);
});
