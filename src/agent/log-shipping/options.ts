import { compileRegex, type Regex } from "../../regex/regex.ts";
import { MalformedRegex } from "../../regex/syntax.ts";
import { datetimePattern } from "./datetime-format.ts";

/** Options of the log driver `awslogs`, as far as the agent needs them to deliver in its place. */
export interface AwslogsOptions {
  readonly group: string;
  readonly region: string;
  /** The container's id in the runtime if absent. */
  readonly stream?: string;
  readonly createsGroup: boolean;
  /** The first line of each event; without it each line is one. */
  readonly first?: Regex;
}

/** The options are not well-formed, in the words of Docker's driver. They never quote a value: it may come from a secret. */
export class AwslogsOptionError extends Error {}

const used = [
  ...["awslogs-group", "awslogs-region", "awslogs-stream", "awslogs-create-group"],
  ...["awslogs-datetime-format", "awslogs-multiline-pattern", "mode", "max-buffer-size"],
];

/** What the agent does in its own way, so that a value would be of no effect. */
const unused = [
  ...["awslogs-endpoint", "awslogs-credentials-endpoint", "awslogs-force-flush-interval-seconds"],
  ...["awslogs-max-buffered-events", "tag"],
];

/** https://docs.docker.com/engine/logging/drivers/awslogs/ */
export function awslogsOptions(given: Readonly<Record<string, string>>): AwslogsOptions {
  const unknown = Object.keys(given).find((name) => !used.includes(name) && !unused.includes(name));
  if (unknown !== undefined) throw new AwslogsOptionError(`unknown log opt '${unknown}' for awslogs log driver`);
  const ineffective = unused.find((name) => name in given);
  if (ineffective !== undefined) {
    throw new AwslogsOptionError(
      `log opt '${ineffective}' is not supported where the agent delivers in the driver's place`,
    );
  }
  const { "awslogs-group": group, "awslogs-region": region, "awslogs-stream": stream, mode = "blocking" } = given;
  if (!group) throw new AwslogsOptionError("must specify a value for log opt 'awslogs-group'");
  if (!region) throw new AwslogsOptionError("must specify a value for log opt 'awslogs-region'");
  if (mode !== "blocking" && mode !== "non-blocking") throw new AwslogsOptionError("logging mode is not supported");
  const size = given["max-buffer-size"];
  if (mode === "blocking" && size !== undefined) {
    throw new AwslogsOptionError("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  }
  if (size !== undefined && !/^(?=.*[1-9])\d+(\.\d+)?\s*[kmg]?i?b?$/i.test(size.trim())) {
    throw new AwslogsOptionError("max-buffer-size is not a valid size");
  }
  const first = firstLineOf(given["awslogs-datetime-format"], given["awslogs-multiline-pattern"]);
  return {
    ...{ group, region, createsGroup: flagOf("awslogs-create-group", given["awslogs-create-group"]) },
    ...(stream && { stream }),
    ...(first && { first }),
  };
}

function firstLineOf(format: string | undefined, pattern: string | undefined): Regex | undefined {
  if (format !== undefined && pattern !== undefined) {
    const both = "'awslogs-datetime-format' and 'awslogs-multiline-pattern'";
    throw new AwslogsOptionError(`you cannot configure log opt ${both} at the same time`);
  }
  if (format === undefined && pattern === undefined) return undefined;
  const [name, source] =
    format === undefined
      ? (["awslogs-multiline-pattern", pattern ?? ""] as const)
      : (["awslogs-datetime-format", datetimePattern(format)] as const);
  try {
    return compileRegex(source);
  } catch (error) {
    if (!(error instanceof MalformedRegex)) throw error;
    throw new AwslogsOptionError(`awslogs could not parse the regular expression of '${name}'`);
  }
}

/** As Docker's driver reads it: https://pkg.go.dev/strconv#ParseBool */
export function isTrue(text = ""): boolean {
  return ["1", "t", "T", "TRUE", "true", "True"].includes(text);
}

function flagOf(name: string, text = ""): boolean {
  if (isTrue(text)) return true;
  if (["", "0", "f", "F", "FALSE", "false", "False"].includes(text)) return false;
  throw new AwslogsOptionError(`must specify valid value for log opt '${name}'`);
}
