import { parseParameterReference } from "../../agent/secrets/index.ts";
import type { Rule } from "./rule.ts";

/** https://github.com/aws/containers-roadmap/issues/859 */
export const parameterSelector: Rule = {
  id: "parameter-selector",
  severity: "warning",
  when: "register",
  title: "The parameter is named with a version or a label, which AWS refuses",
  *find({ secrets, refusal }) {
    if (refusal !== undefined) return;
    for (const { pointer, request, valueFrom, name } of secrets) {
      if (request.provider !== "ssm") continue;
      const { selector } = parseParameterReference(valueFrom);
      if (selector === "") continue;
      const value = valueFrom.slice(0, -selector.length - 1);
      yield {
        pointer,
        message: `"${selector}" selects a version of the parameter. Sealift takes it; AWS does not register such a definition.`,
        aws: `ClientException: The Systems Manager parameter name specified for secret ${name} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-/`,
        mend: { text: "Name the parameter alone, or a secret of Secrets Manager, whose versions AWS takes.", value },
      };
    }
  },
};
