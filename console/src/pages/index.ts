import type { Subject } from "../parts/subject.ts";
import { accounts } from "./accounts/routes.ts";
import { authorize } from "./authorize/routes.ts";
import { clusters } from "./clusters/routes.ts";
import { home } from "./home/routes.ts";
import { roles } from "./iam/roles/routes.ts";
import { iam } from "./iam/routes.ts";
import { keys } from "./keys/routes.ts";
import { logGroups } from "./log-groups/routes.ts";
import { parameters } from "./parameters/routes.ts";
import { repositories } from "./repositories/routes.ts";
import { secrets } from "./secrets/routes.ts";
import { taskDefinitions } from "./task-definitions/routes.ts";
import { trail } from "./trail/routes.ts";

/** Every subject, in the order of the navigation within its service. */
export const subjects: readonly Subject[] = [
  home,
  authorize,
  clusters,
  taskDefinitions,
  parameters,
  secrets,
  // IAM
  roles,
  iam,
  keys,
  repositories,
  logGroups,
  trail,
  accounts,
];
