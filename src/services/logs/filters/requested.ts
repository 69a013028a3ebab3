import { invalidParameter } from "../errors.ts";
import { type Filter, MalformedPattern } from "./filter.ts";
import { compilePattern } from "./pattern.ts";

/** The filter of a request. Refuses a pattern that is not well-formed. */
export function requestedPattern(pattern = ""): Filter {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof MalformedPattern) throw invalidParameter(`Invalid filter pattern: ${error.message}`);
    throw error;
  }
}
