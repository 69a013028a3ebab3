import type { Rule } from "./rule.ts";

/** Characters. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const most = 8192;

export const overridesTooLarge: Rule = {
  id: "overrides-too-large",
  severity: "error",
  when: "run",
  title: "The container overrides of --overrides have more than 8,192 characters",
  *find({ overrides }) {
    if (overrides === undefined || overrides.length <= most) return;
    yield {
      pointer: "",
      message: `The container overrides have ${overrides.length} characters.`,
      aws: `InvalidParameterException: Container Overrides length must be at most ${most}`,
      mend: {
        text: "Move what does not change into the definition, or large values into a secret or an environment file.",
      },
    };
  },
};
