import type { QueryLanguage } from "@aws-sdk/client-cloudwatch-logs";
import { unsupported } from "../../errors.ts";

/** Only the language of Logs Insights itself is here. */
export function refuseLanguage(language: QueryLanguage | undefined): void {
  if (language !== undefined && language !== "CWLI") throw unsupported(`The query language ${language}`);
}
