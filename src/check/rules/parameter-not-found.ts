import { parseParameterReference } from "../../agent/secrets/index.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const parameterNotFound: Rule = {
  id: "parameter-not-found",
  severity: "error",
  when: "start",
  title: "There is no such parameter, or not that version or label of it",
  *find(subject) {
    for (const fact of failedReads(subject, "parameter-not-found")) {
      if (!("request" in fact)) continue;
      const { region, valueFrom } = fact.request;
      const { name, selector } = parseParameterReference(valueFrom);
      const what = fact.parameter && selector !== "" ? `version or label "${selector}" of the parameter` : "parameter";
      yield {
        pointer: fact.pointer,
        message: `There is no ${what} "${name}" in ${region}.`,
        aws: fact.outcome.reason,
        mend: {
          text: "Put the parameter, or name the one that is meant.",
          command: `aws ssm put-parameter --region ${region} --name ${name} --type SecureString --value file://value`,
        },
      };
    }
  },
};
