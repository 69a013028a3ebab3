const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The last text that was read. Requests that arrive together mostly have the same. */
let lastRead: { readonly text: string; readonly milliseconds: number } = { text: "", milliseconds: Number.NaN };

/** The time in an `x-amz-date` header (ISO 8601, basic format) or a `date` header (that, or HTTP's own format). */
export function parseTime(text: string): Date | undefined {
  if (text !== lastRead.text) lastRead = { text, milliseconds: readTime(text) };
  return Number.isNaN(lastRead.milliseconds) ? undefined : new Date(lastRead.milliseconds);
}

/** Milliseconds since 1970, or `NaN`. */
function readTime(text: string): number {
  const parts = basic.exec(text);
  if (!parts) return httpDate.test(text) ? Date.parse(text) : Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // `Date` reads 30 February as 2 March, but the text was signed.
  const isReal = !Number.isNaN(milliseconds) && formatTime(new Date(milliseconds)) === text;
  return isReal ? milliseconds : Number.NaN;
}

/** The last second that was formatted. A request needs its second several times, and so do those that arrive with it. */
let lastWritten = { second: Number.NaN, text: "" };

/** ISO 8601, basic format, whole seconds: `20260102T030405Z`. */
export function formatTime(time: Date): string {
  const second = Math.floor(time.getTime() / 1000);
  if (second !== lastWritten.second) {
    const text = time.toISOString();
    const clock = `${text.slice(11, 13)}${text.slice(14, 16)}${text.slice(17, 19)}`;
    lastWritten = { second, text: `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 10)}T${clock}Z` };
  }
  return lastWritten.text;
}
