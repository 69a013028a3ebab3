import type { EFSVolumeConfiguration, MountPoint, Volume } from "@aws-sdk/client-ecs";
import type { PayloadFileSystem, PayloadMountPoint, PayloadVolume } from "../../../acs/protocol.ts";
import { defined } from "../../../defined.ts";

/** A task definition's volume. One that is none of the kinds that this agent knows goes by its type, so that the agent can refuse it by name. */
export function payloadVolume(volume: Volume): PayloadVolume {
  const { name = "", host, dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  if (efs) return { name, type: "efs", efsVolumeConfiguration: fileSystem(efs) };
  if (volume.fsxWindowsFileServerVolumeConfiguration) return { name, type: "fsxWindowsFileServer" };
  if (volume.s3filesVolumeConfiguration) return { name, type: "s3files" };
  if (volume.configuredAtLaunch) return { name, type: "ebs" };
  if (!docker) return { name, type: "host", host: host?.sourcePath ? { sourcePath: host.sourcePath } : {} };
  return {
    name,
    type: "docker",
    dockerVolumeConfiguration: {
      scope: docker.scope ?? "task",
      autoprovision: docker.autoprovision ?? false,
      driver: docker.driver ?? "local",
      driverOpts: docker.driverOpts ?? {},
      labels: docker.labels ?? {},
    },
  };
}

function fileSystem({ fileSystemId = "", rootDirectory, ...efs }: EFSVolumeConfiguration): PayloadFileSystem {
  const { accessPointId, iam } = efs.authorizationConfig ?? {};
  return {
    fileSystemId,
    rootDirectory: rootDirectory || "/",
    ...defined({
      transitEncryption: efs.transitEncryption,
      transitEncryptionPort: efs.transitEncryptionPort,
      authorizationConfig: efs.authorizationConfig && defined({ accessPointId, iam }),
    }),
  };
}

export function payloadMountPoints(mounts: readonly MountPoint[]): PayloadMountPoint[] {
  return mounts.map(({ sourceVolume = "", containerPath = "", readOnly = false }) => ({
    sourceVolume,
    containerPath,
    readOnly,
  }));
}
