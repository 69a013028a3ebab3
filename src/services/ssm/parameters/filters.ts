import { isUnder, rooted } from "./name.ts";
import type { ParameterSummary } from "./parameter.ts";
import type { Range } from "./reads.ts";

/** A filter that `requestedFilters` has checked. */
export interface Filter {
  /** `Name`, `Type`, `KeyId`, `Path`, `Label`, `Tier`, `DataType` or `tag:…`. */
  readonly key: string;
  readonly option: "Equals" | "BeginsWith" | "Contains" | "Recursive" | "OneLevel";
  /** Empty for `tag:…` with any value. */
  readonly values: readonly string[];
}

/**
 * True if a parameter passes every filter, each by one of its values. Filters by label are left to the caller, as versions
 * have labels and parameters have not.
 */
export function passes(parameter: ParameterSummary, filters: readonly Filter[]): boolean {
  return filters.every((filter) => filter.key === "Label" || passesOne(parameter, filter));
}

function passesOne(parameter: ParameterSummary, { key, option, values }: Filter): boolean {
  if (key === "Path") return values.some((path) => isUnder(parameter.name, path, option === "Recursive"));
  const attribute = attributeOf(parameter, key);
  if (attribute === undefined) return false;
  if (values.length === 0) return true;
  const wanted = key === "Name" && option !== "Contains" ? values.map(rooted) : values;
  return wanted.some((value) => {
    if (option === "BeginsWith") return attribute.startsWith(value);
    return option === "Contains" ? attribute.includes(value) : attribute === value;
  });
}

function attributeOf(parameter: ParameterSummary, key: string): string | undefined {
  switch (key) {
    case "Name":
      return rooted(parameter.name);
    case "Type":
      return parameter.type;
    case "KeyId":
      return parameter.keyId;
    case "Tier":
      return parameter.tier;
    case "DataType":
      return parameter.dataType;
    default:
      return parameter.tags.find((tag) => `tag:${tag.key}` === key)?.value;
  }
}

/** A range outside of which no parameter passes the filters, so that not all have to be read. */
export function rangeOf(filters: readonly Filter[]): Pick<Range, "names" | "prefixes"> {
  const ranges = filters.map(({ key, option, values }): Pick<Range, "names" | "prefixes"> => {
    if (key === "Path") return { prefixes: prefixesOf(values) };
    if (key !== "Name" || option === "Contains") return {};
    const rootedNames = values.map(rooted).filter((name) => /^[\w./-]*$/.test(name));
    return option === "Equals" ? { names: rootedNames } : { prefixes: rootedNames };
  });
  // Names are the narrowest range, then prefixes.
  const names = ranges.find((range) => range.names)?.names;
  return { names, prefixes: names ? undefined : ranges.find((range) => range.prefixes)?.prefixes };
}

/** Prefixes of the names under these paths; `undefined` for the root. */
export function prefixesOf(paths: readonly string[]): readonly string[] | undefined {
  return paths.includes("/") ? undefined : paths.map((path) => `${path}/`);
}
