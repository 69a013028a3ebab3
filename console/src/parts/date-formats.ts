const options = {
  medium: { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" },
  "with seconds": { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
  long: { dateStyle: "long", timeStyle: "medium", hourCycle: "h23" },
  time: { timeStyle: "medium", hourCycle: "h23" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes a date for the reader. To make a format takes far longer than to use it, and tables and logs have thousands of dates. */
export function formatDate(date: Date, style: keyof typeof options, language: string): string {
  const key = `${language} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, options[style]);
    formats.set(key, format);
  }
  return format.format(date);
}
