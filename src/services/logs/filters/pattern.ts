import { fieldsFilter } from "./fields.ts";
import { everything, type Filter } from "./filter.ts";
import { jsonFilter } from "./json-filter.ts";
import { termsFilter } from "./terms.ts";

/**
 * Reads a filter pattern; throws `MalformedPattern`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compilePattern(pattern: string): Filter {
  const text = pattern.trim();
  if (text === "") return everything;
  if (text.startsWith("{")) return jsonFilter(text);
  if (text.startsWith("[")) return fieldsFilter(text);
  return termsFilter(text);
}
