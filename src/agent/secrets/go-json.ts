/** A JSON value as Go decodes it into `interface{}`; objects are maps, so that no key is special. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [Symbol.toStringTag]: "never" }
  | ReadonlyMap<string, JsonValue>;
