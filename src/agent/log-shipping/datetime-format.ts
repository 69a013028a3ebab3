/** What each part of `strftime` matches. https://docs.docker.com/engine/logging/drivers/awslogs/#awslogs-datetime-format */
const parts: Readonly<Record<string, string>> = {
  a: "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
  A: "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)",
  w: "[0-6]",
  d: "(?:0[1-9]|[12][0-9]|3[01])",
  b: "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
  B: "(?:January|February|March|April|May|June|July|August|September|October|November|December)",
  m: "(?:0[1-9]|1[0-2])",
  Y: "\\d{4}",
  y: "\\d{2}",
  H: "(?:[01][0-9]|2[0-3])",
  I: "(?:0[0-9]|1[0-2])",
  p: "[AP]M",
  M: "[0-5][0-9]",
  S: "[0-5][0-9]",
  f: "\\d{6}",
  z: "[+-]\\d{4}",
  Z: "[A-Z]{1,4}T",
  j: "(?:[0-2][0-9][0-9]|3[0-5][0-9]|36[0-6])",
  L: "\\.\\d{3}",
};

/** The regular expression of a time in the given format. All other text of the format is a regular expression, as with Docker's driver. */
export function datetimePattern(format: string): string {
  return format.replace(/%(.)/g, (whole, letter: string) => parts[letter] ?? whole);
}
