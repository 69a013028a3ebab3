/** Bytes of a line, without its newline, from which on Go's scanner gives up. */
const tooLong = 65_536;

const newline = 0x0a;

/** A file's variables, or why it cannot be read. It quotes none of the file. */
export type ParsedFile = { readonly environment: ReadonlyMap<string, string> } | { readonly error: string };

/**
 * Reads `NAME=value` lines as AWS's agent does: nothing is trimmed, unquoted or replaced. Lines that begin with `#`, lines without
 * `=` and those without a name are passed over; of several lines of one name the last counts. Pure.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
 */
export function parseEnvironmentFile(file: Buffer): ParsedFile {
  const environment = new Map<string, string>();
  for (let start = 0; start < file.length; ) {
    const found = file.indexOf(newline, start);
    const end = found < 0 ? file.length : found;
    if (end - start >= tooLong) return { error: "bufio.Scanner: token too long" };
    const line = file.toString("utf8", start, end).replace(/\r$/, "");
    const at = line.indexOf("=");
    if (!line.startsWith("#") && at > 0) environment.set(line.slice(0, at), line.slice(at + 1));
    start = end + 1;
  }
  return { environment };
}
