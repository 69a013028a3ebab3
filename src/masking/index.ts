export { formsOf, type SecretValue } from "./forms.ts";
export type { LineMasker, MaskedLine } from "./line-masker.ts";
export { type Masker, secretMasker } from "./masker.ts";
export { mask, type Span, withMasks } from "./span.ts";
