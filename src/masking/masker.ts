import { automaton } from "./automaton.ts";
import { formsOf, type SecretValue } from "./forms.ts";
import { type LineMasker, lineMasker } from "./line-masker.ts";
import { withMasks } from "./span.ts";

/** Hides a set of secret values in output. See docs/logs.md for what it finds. */
export interface Masker {
  /** For the lines of one output, such as a container's standard error. */
  lines<Item>(): LineMasker<Item>;
  /** A whole text. */
  text(text: string): string;
}

export function secretMasker(values: readonly SecretValue[]): Masker {
  const forms = automaton(formsOf(values));
  return {
    lines: () => lineMasker(forms),
    text(text) {
      const lines = lineMasker<undefined>(forms);
      const masked = text.split("\n").flatMap((line) => lines.push(undefined, Buffer.from(line)));
      return [...masked, ...lines.flush("end")].map(({ data, spans }) => withMasks(data, spans)).join("\n");
    },
  };
}
