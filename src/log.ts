/** The program's log. It is never given secret values. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A log on standard error, as JSON lines. */
export async function jsonLog(level: string): Promise<Log> {
  const { pino } = await import("pino");
  const log: Log = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return log;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A log for people: one line each, on `output`. Debug messages are left out. */
export function plainLog(output: NodeJS.WritableStream): Log {
  const write = (level: string) => (fields: object, message: string) => {
    const details = Object.entries(fields).filter(([, value]) => value !== undefined);
    const shown = details.map(
      ([name, value]) => ` ${name}=${value instanceof Error ? describe(value) : JSON.stringify(value)}`,
    );
    output.write(`${level}: ${message}${escapeControls(shown.join(""))}\n`);
  };
  return { debug() {}, info: write("info"), warn: write("warning"), error: write("error") };
}

/** Escapes characters by which foreign text could begin a line, steer the terminal or show itself backwards. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? ` (${describe(error.cause)})` : "";
  return `"${error.name}: ${error.message}"${cause}`;
}
