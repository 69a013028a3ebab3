import { ApiError } from "./error.ts";

/** An error of AWS JSON: the code may come with a namespace before it or a URL behind it. */
export function jsonError(
  text: string,
  about: {
    readonly status: number;
    readonly operation: string;
    readonly requestId?: string | undefined;
    /** Of the header in which services with paths tell it. */
    readonly code?: string | undefined;
  },
): ApiError {
  let code = about.code ?? "";
  let message = "";
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) {
      const members = body as Record<string, unknown>;
      code ||= String(members.__type ?? members.code ?? "");
      message = String(members.message ?? members.Message ?? "");
    }
  } catch {
    // Not JSON: a proxy's page, or nothing. The status has to say it.
  }
  const plain = code.replace(/^.*#/, "").replace(/:.*$/, "") || `HTTP ${about.status}`;
  return new ApiError(plain, message || plain, about);
}
