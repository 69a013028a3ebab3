import type { ComponentType } from "react";
import type { Api, CallOptions } from "../api/client.ts";
import type { Language } from "../i18n/language.ts";

type InEveryLanguage = Readonly<Record<Language, string>>;

/** What one folder of `pages/` brings: its pages, its place in the navigation, and what the search finds of it. */
export interface Subject {
  readonly routes: readonly SubjectRoute[];
  /** Links of the side navigation, in their order below their service. */
  readonly navigation?: readonly NavigationLink[];
  /** Looks for resources by a part of their names; loaded with the first search. */
  readonly search?: () => Promise<{ readonly search: Search }>;
}

export interface SubjectRoute {
  /** Without the Region, with parameters: `ecs/clusters/:cluster`. */
  readonly path: string;
  /** The page, as its module's default export; loaded when it is opened. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

export interface NavigationLink {
  readonly service: NavigationService;
  readonly text: InEveryLanguage;
  /** `/ecs/clusters` */
  readonly to: string;
}

/** Services in the order of the side navigation. */
export const navigationServices = {
  ecs: { en: "Elastic Container Service", "zh-CN": "Elastic Container Service" },
  ssm: { en: "Systems Manager", "zh-CN": "Systems Manager" },
  secretsmanager: { en: "Secrets Manager", "zh-CN": "Secrets Manager" },
  iam: { en: "IAM", "zh-CN": "IAM" },
  kms: { en: "Key Management Service", "zh-CN": "Key Management Service" },
  ecr: { en: "Elastic Container Registry", "zh-CN": "Elastic Container Registry" },
  logs: { en: "CloudWatch", "zh-CN": "CloudWatch" },
  cloudtrail: { en: "CloudTrail", "zh-CN": "CloudTrail" },
  organizations: { en: "Organizations", "zh-CN": "Organizations" },
} as const satisfies Readonly<Record<string, InEveryLanguage>>;

export type NavigationService = keyof typeof navigationServices;

export type Search = (text: string, api: Api, options: CallOptions) => Promise<readonly Hit[]>;

export interface Hit {
  readonly name: string;
  /** What it is: "Task definition". */
  readonly kind: InEveryLanguage;
  /** Where its page is: `/ecs/task-definitions/web`. */
  readonly to: string;
}
