import type {
  DockerVolumeConfiguration,
  EFSVolumeConfiguration,
  S3FilesVolumeConfiguration,
  Volume,
} from "@aws-sdk/client-ecs";
import { type Candidate, type ContainerRule, each, firstOf, isBetween, type Rule, twice } from "./rule.ts";

const volumeName = /^[A-Za-z0-9_-]{1,255}$/;
const mostPort = 65535;

function volumeProblem({ volumes = [] }: Candidate): string | undefined {
  for (const volume of volumes) {
    const problem = ofVolume(volume);
    if (problem !== undefined) return problem;
  }
  const again = twice(volumes.map(({ name }) => name));
  if (again !== undefined) return `Volume names must be unique within a Task Definition. Duplicate volume: '${again}'`;
  return volumes.filter(({ configuredAtLaunch }) => configuredAtLaunch).length > 1
    ? "A task definition can have at most one volume that is configured at launch."
    : undefined;
}

function ofVolume(volume: Volume): string | undefined {
  const { name, host, configuredAtLaunch, dockerVolumeConfiguration: docker } = volume;
  const { efsVolumeConfiguration: efs, s3filesVolumeConfiguration: s3 } = volume;
  if (!name) return "Volume.name should not be null or empty.";
  if (!volumeName.test(name)) return "Volume.name contains invalid characters.";
  const kinds = [host?.sourcePath, docker, efs, s3, volume.fsxWindowsFileServerVolumeConfiguration, configuredAtLaunch];
  if (kinds.filter(Boolean).length > 1) {
    return "When the volume parameter is specified, only one volume configuration type should be used.";
  }
  return (docker && dockerProblem(docker)) ?? (efs && efsProblem(efs)) ?? (s3 && s3Problem(s3));
}

function dockerProblem({ scope = "task", autoprovision }: DockerVolumeConfiguration): string | undefined {
  return scope === "task" && autoprovision === false
    ? "When 'scope' parameter is 'task', 'autoprovision' must either not be specified or set to 'True'."
    : undefined;
}

function efsProblem(efs: EFSVolumeConfiguration): string | undefined {
  const { fileSystemId, rootDirectory = "/", transitEncryption, transitEncryptionPort: port } = efs;
  const { accessPointId, iam } = efs.authorizationConfig ?? {};
  const isEncrypted = transitEncryption === "ENABLED";
  if (!fileSystemId) return "EFS file system ID cannot be null or blank.";
  if (!rootDirectory.startsWith("/")) return "The EFS root directory must be an absolute path.";
  if (accessPointId && rootDirectory !== "/") {
    return 'When using an EFS access point, the root directory must either be set to "/" or be omitted.';
  }
  if (iam === "ENABLED" && !isEncrypted) return "EFS IAM authorization requires TransitEncryption to be enabled.";
  if (accessPointId && !isEncrypted) return "EFS access points require TransitEncryption to be enabled.";
  if (port && !isEncrypted) return "TransitEncryptionPort requires that TransitEncryption is enabled.";
  return port === undefined || isBetween(port, 0, mostPort) ? undefined : "Invalid TransitEncryptionPort.";
}

function s3Problem(s3: S3FilesVolumeConfiguration): string | undefined {
  const { fileSystemArn, rootDirectory = "/", accessPointArn, transitEncryptionPort: port } = s3;
  if (!fileSystemArn?.startsWith("arn:")) return "Invalid arn syntax.";
  if (accessPointArn !== undefined && !accessPointArn.startsWith("arn:")) return "Invalid arn syntax.";
  if (!rootDirectory.startsWith("/")) return "The S3 Files root directory must be an absolute path.";
  if (accessPointArn && rootDirectory !== "/") {
    return 'When using an S3 Files access point, the root directory must either be set to "/" or be omitted.';
  }
  return port === undefined || isBetween(port, 0, mostPort) ? undefined : "Invalid TransitEncryptionPort.";
}

const mountProblem: ContainerRule = ({ name, mountPoints = [] }, { volumes = [] }) => {
  for (const { sourceVolume, containerPath } of mountPoints) {
    if (!volumes.some((volume) => volume.name === sourceVolume)) return `Unknown volume '${sourceVolume ?? null}'.`;
    if (!containerPath) return `Invalid 'mountPoints' setting for container '${name}'. The container path is missing.`;
  }
  return undefined;
};

function launchProblem({ containerDefinitions, volumes = [] }: Candidate): string | undefined {
  const unused = volumes.filter(
    ({ name, configuredAtLaunch }) =>
      configuredAtLaunch &&
      !containerDefinitions.some(({ mountPoints }) => mountPoints?.some(({ sourceVolume }) => sourceVolume === name)),
  );
  return unused.length === 0
    ? undefined
    : `Volumes [${unused.map(({ name }) => name).join(", ")}] are not referenced by any of the containers`;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html */
export const volumeRules: Rule = firstOf(volumeProblem, each(mountProblem), launchProblem);
