import { failed, type Rule } from "./rule.ts";

/** See docs/secrets-from.md and docs/secret-files.md. AWS ignores the labels. */
export const labelRefused: Rule = {
  id: "label-refused",
  severity: "error",
  when: "start",
  title: "A docker label sealift.secrets.… cannot be followed: it is malformed, or what it names gives no variables",
  *find({ labels }) {
    for (const { pointer, outcome } of failed(labels)) {
      yield {
        pointer,
        message: `A task does not start on Sealift: ${outcome.reason.replace(/^ResourceInitializationError: /, "")}.`,
        mend: { text: "Change the label, or what it names. AWS ignores it." },
      };
    }
  },
};
