import type { ServiceDescriptor } from "../front-door/service.ts";
import { cloudTrail } from "./cloudtrail/service.ts";
import { ecr } from "./ecr/service.ts";
import { ecs } from "./ecs/service.ts";
import { iam } from "./iam/service.ts";
import { kms } from "./kms/service.ts";
import { logs } from "./logs/service.ts";
import { organizations } from "./organizations/service.ts";
import { secretsManager } from "./secrets-manager/service.ts";
import { signin } from "./signin/service.ts";
import { ssm } from "./ssm/service.ts";
import { sts } from "./sts/service.ts";

// biome-ignore lint/suspicious/noExplicitAny: each has a context of its own
type AnyDescriptor = ServiceDescriptor<any>;

/** Every service, in the order in which they may import: each only from those before it. */
export const services: readonly AnyDescriptor[] = [
  iam,
  sts,
  organizations,
  signin,
  kms,
  logs,
  ecr,
  ecs,
  secretsManager,
  ssm,
  cloudTrail,
];
