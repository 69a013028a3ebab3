export { formsOf } from "./forms.ts";
export type { LineMasker } from "./line-masker.ts";
export { readMarks, writeMarks } from "./marks.ts";
export { type Masker, secretMasker } from "./masker.ts";
export { type Span, withMasks } from "./span.ts";
