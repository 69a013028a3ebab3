import { ecrTokens } from "./ecr-tokens.ts";
import { environmentFiles } from "./environment-files.ts";
import { firelens } from "./firelens.ts";
import { firelensExternal } from "./firelens-external.ts";
import { firelensFiles } from "./firelens-files.ts";
import { logCredentials } from "./log-credentials.ts";
import { network } from "./network.ts";
import { openNetwork } from "./open-network.ts";
import { registryCredentials } from "./registry-credentials.ts";
import type { Resource } from "./resource.ts";
import { secretFiles } from "./secret-files.ts";
import { secrets } from "./secrets.ts";
import { taskSize } from "./task-size.ts";
import { volumes } from "./volumes.ts";

/** Every kind of resource that a task may need, in the order in which they are applied to its containers. */
export const resources: readonly Resource[] = [
  network,
  openNetwork,
  taskSize,
  volumes,
  registryCredentials,
  ecrTokens,
  logCredentials,
  secretFiles,
  secrets,
  environmentFiles,
  firelens,
  firelensFiles,
  firelensExternal,
];
