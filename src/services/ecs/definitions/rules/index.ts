import { dependencyRules } from "./dependencies.ts";
import { environmentRules } from "./environment.ts";
import { externalRules } from "./external.ts";
import { fargateRules } from "./fargate.ts";
import { healthRules } from "./health.ts";
import { linuxRules } from "./linux.ts";
import { logRules } from "./logs.ts";
import { nameRules } from "./names.ts";
import { networkRules } from "./network.ts";
import { portRules } from "./ports.ts";
import { firstOf, type Rule } from "./rule.ts";
import { sizeRules } from "./sizes.ts";
import { taskRules } from "./task.ts";
import { volumeRules } from "./volumes.ts";

const compatibilityProblem: Rule = (definition) => {
  const required = definition.requiresCompatibilities ?? [];
  return (
    (required.includes("FARGATE") ? fargateRules(definition) : undefined) ??
    (required.includes("EXTERNAL") ? externalRules(definition) : undefined)
  );
};

/** The first rule that a task definition breaks, in AWS's words where they are known. Defaults are filled in before. */
export const definitionProblem: Rule = firstOf(
  nameRules,
  sizeRules,
  portRules,
  networkRules,
  environmentRules,
  logRules,
  healthRules,
  dependencyRules,
  volumeRules,
  linuxRules,
  taskRules,
  compatibilityProblem,
);
