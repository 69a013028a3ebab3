import { invalidParameter } from "../errors.ts";
import { type Filter, MalformedPattern } from "./filter.ts";
import { compilePattern } from "./pattern.ts";

/** The filter of a request. Refuses a pattern that is not well-formed; StartLiveTail (`isLive`) always says first that it is not. */
export function requestedPattern(pattern = "", { isLive = false } = {}): Filter {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof MalformedPattern) {
      throw invalidParameter(error.isWhole && !isLive ? error.message : `Invalid filter pattern: ${error.message}`);
    }
    throw error;
  }
}
