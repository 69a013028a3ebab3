import type { Role } from "../entity.ts";
import { unmodifiable } from "../errors.ts";

/** Only AWS makes roles below this path. */
export const serviceRolePath = "/aws-service-role/";

export function isServiceLinked({ path }: Pick<Role, "path">): boolean {
  return path.startsWith(serviceRolePath);
}

/** The role itself. Refuses a service-linked role, which only its service may change. */
export function modifiable(role: Role): Role {
  if (isServiceLinked(role)) throw unmodifiable(role.name);
  return role;
}

/** A role as its service wants it. */
interface ServiceRoleTemplate {
  readonly name: string;
  /** Name of AWS's managed policy, below its path for service-linked roles. */
  readonly policy: string;
  readonly description?: string;
  /** Set where an account may have several, which differ by a suffix. */
  readonly suffix?: true;
}

/** By service principal: the services that work with those of this server. */
export const serviceRoleTemplates: ReadonlyMap<string, ServiceRoleTemplate> = new Map(
  Object.entries({
    "autoscaling.amazonaws.com": {
      name: "AWSServiceRoleForAutoScaling",
      policy: "AutoScalingServiceRolePolicy",
      description:
        "Default Service-Linked Role enables access to AWS Services and Resources used or managed by Auto Scaling",
      suffix: true,
    },
    "cks.kms.amazonaws.com": {
      name: "AWSServiceRoleForKeyManagementServiceCustomKeyStores",
      policy: "AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy",
    },
    "ecs.amazonaws.com": {
      name: "AWSServiceRoleForECS",
      policy: "AmazonECSServiceRolePolicy",
      description: "Role to enable Amazon ECS to manage your cluster.",
    },
    "ecs-compute.amazonaws.com": {
      name: "AWSServiceRoleForECSCompute",
      policy: "AmazonECSComputeServiceRolePolicy",
    },
    "ecs.application-autoscaling.amazonaws.com": {
      name: "AWSServiceRoleForApplicationAutoScaling_ECSService",
      policy: "AWSApplicationAutoscalingECSServicePolicy",
    },
    "elasticloadbalancing.amazonaws.com": {
      name: "AWSServiceRoleForElasticLoadBalancing",
      policy: "AWSElasticLoadBalancingServiceRolePolicy",
      description: "Allows ELB to call AWS services on your behalf.",
    },
    "mrk.kms.amazonaws.com": {
      name: "AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
      policy: "AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy",
    },
    "rds.amazonaws.com": {
      name: "AWSServiceRoleForRDS",
      policy: "AmazonRDSServiceRolePolicy",
      description: "Allows Amazon RDS to manage AWS resources on your behalf",
    },
    "spot.amazonaws.com": {
      name: "AWSServiceRoleForEC2Spot",
      policy: "AWSEC2SpotServiceRolePolicy",
      description: "Default EC2 Spot Service Linked Role",
    },
    "ssm.amazonaws.com": {
      name: "AWSServiceRoleForAmazonSSM",
      policy: "AmazonSSMServiceRolePolicy",
      description: "Provides access to AWS Resources managed or used by Amazon SSM.",
    },
  } satisfies Record<string, ServiceRoleTemplate>),
);
