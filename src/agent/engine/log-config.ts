import type { PayloadContainer } from "../../acs/protocol.ts";

/** The log driver that a payload names, with its options. */
export interface LogConfig {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** `undefined` where it names none; a document that cannot be read is refused when the container is created. Pure. */
export function logConfigOf({ dockerConfig: { hostConfig } }: PayloadContainer): LogConfig | undefined {
  if (!hostConfig.includes('"LogConfig"')) return undefined;
  try {
    const {
      LogConfig: found,
    }: { readonly LogConfig?: { readonly Type?: string; readonly Config?: LogConfig["options"] } } =
      JSON.parse(hostConfig);
    return found?.Type ? { driver: found.Type, options: found.Config ?? {} } : undefined;
  } catch {
    return undefined;
  }
}
