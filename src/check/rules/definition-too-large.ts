import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const definitionTooLarge: Rule = {
  id: "definition-too-large",
  severity: "error",
  when: "register",
  title: "The definition has more than 64 KiB",
  *find({ refusal }) {
    if (refusal === undefined || !isTooLarge(refusal)) return;
    yield {
      pointer: "",
      message: "The definition is larger than the 64 KiB that ECS takes.",
      aws: refusal,
      mend: { text: "Move variables into environment files, or several secrets into one." },
    };
  },
};

export function isTooLarge(refusal: string): boolean {
  return refusal.includes("Actual length:");
}
