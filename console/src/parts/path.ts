/** The path of a page with its parameters in place: ``path`/ecs/clusters/${name}` ``. Each is escaped. */
export function path(texts: TemplateStringsArray, ...values: readonly string[]): string {
  return texts
    .map((text, index) => text + (index < values.length ? encodeURIComponent(values[index] ?? "") : ""))
    .join("");
}
