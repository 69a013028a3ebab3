import { parseParameterReference } from "../../agent/secrets/index.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html */
export const parameterNameReserved: Rule = {
  id: "parameter-name-reserved",
  severity: "warning",
  when: "later",
  title: "The parameter's name begins with aws or ssm, and AWS takes no such parameter",
  *find({ secrets }) {
    for (const { pointer, request } of secrets) {
      if (request.provider !== "ssm") continue;
      const { name } = parseParameterReference(request.valueFrom);
      const [prefix] = /^\/?(aws|ssm)/i.exec(name) ?? [];
      // What AWS publishes, and its way to Secrets Manager.
      if (prefix === undefined || /^\/aws\/(service|reference)\//.test(name)) continue;
      yield {
        pointer,
        message: `Sealift takes parameters whose names begin with "${prefix}"; AWS refuses to put one.`,
        aws: `ValidationException: Parameter name: can't be prefixed with "${prefix.replace("/", "").toLowerCase()}" (case-insensitive).`,
        mend: { text: "Give the parameter another name." },
      };
    }
  },
};
