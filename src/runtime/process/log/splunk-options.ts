import { readFile } from "node:fs/promises";
import { defined } from "../../../defined.ts";
import { codeOf } from "../../caught.ts";
import type { ContainerSpec } from "../../containers.ts";
import { checkLogOptions, type LogOptions } from "./log-sink.ts";

export interface SplunkOptions {
  readonly url: URL;
  readonly token: string;
  readonly source?: string;
  readonly sourceType?: string;
  readonly index?: string;
  readonly format: "inline" | "json" | "raw";
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly verifyConnection: boolean;
  readonly gzip: boolean;
  readonly indexAcknowledgment: boolean;
  readonly tls: { readonly ca?: string; readonly servername?: string; readonly rejectUnauthorized: boolean };
}

const known = [
  ...["splunk-url", "splunk-token", "splunk-source", "splunk-sourcetype", "splunk-index", "splunk-format"],
  ...["splunk-capath", "splunk-caname", "splunk-insecureskipverify", "splunk-verify-connection"],
  ...["splunk-gzip", "splunk-gzip-level", "splunk-index-acknowledgment"],
  ...["tag", "labels", "labels-regex", "env", "env-regex", "mode", "max-buffer-size"],
];

/**
 * Reads the log options of Docker's splunk driver. Errors are in its words, but never quote the value of an option: it may come
 * from a secret. https://docs.docker.com/engine/logging/drivers/splunk/
 */
export async function splunkOptions(options: LogOptions, spec: ContainerSpec, id: string): Promise<SplunkOptions> {
  checkLogOptions("splunk", options, known);
  const flag = (name: string, otherwise: boolean) => flagOf(name, options[name], otherwise);
  return {
    url: urlOf(options["splunk-url"]),
    token: required("splunk-token", options["splunk-token"]),
    format: formatOf(options["splunk-format"] ?? "inline"),
    tag: tagOf(options.tag ?? "{{.ID}}", spec, id),
    attributes: { ...chosen(spec.labels, options, "labels"), ...chosen(spec.environment, options, "env") },
    verifyConnection: flag("splunk-verify-connection", true),
    gzip: flag("splunk-gzip", false),
    indexAcknowledgment: flag("splunk-index-acknowledgment", false),
    ...defined({
      source: options["splunk-source"] || undefined,
      sourceType: options["splunk-sourcetype"] || undefined,
      index: options["splunk-index"] || undefined,
    }),
    tls: {
      rejectUnauthorized: !flag("splunk-insecureskipverify", false),
      ...defined({
        ca: await certificateOf(options["splunk-capath"]),
        servername: options["splunk-caname"] || undefined,
      }),
    },
  };
}

function required(name: string, value: string | undefined): string {
  if (!value) throw new Error(`splunk: ${name} is expected`);
  return value;
}

function urlOf(text: string | undefined): URL {
  const url = URL.parse(required("splunk-url", text));
  const isPlain = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "" && url.hash === "";
  if (!isPlain) throw new Error("splunk: expected format scheme://dns_name_or_ip:port for splunk-url");
  return new URL("/services/collector/event/1.0", url);
}

async function certificateOf(path: string | undefined): Promise<string | undefined> {
  if (!path) return undefined;
  return readFile(path, "utf8").catch((error) => {
    throw new Error(`splunk: the file of splunk-capath cannot be read: ${codeOf(error)}`);
  });
}

function formatOf(format: string): SplunkOptions["format"] {
  if (format === "inline" || format === "json" || format === "raw") return format;
  throw new Error("splunk: Unknown format specified, supported formats are inline, json and raw");
}

function flagOf(name: string, value: string | undefined, otherwise: boolean): boolean {
  if (value === undefined || value === "") return otherwise;
  if (/^(1|t|true)$/i.test(value)) return true;
  if (/^(0|f|false)$/i.test(value)) return false;
  throw new Error(`splunk: ${name} is neither true nor false`);
}

/** Fills in the parts of Docker's tag templates that name the container. https://docs.docker.com/engine/logging/log_tags/ */
function tagOf(template: string, spec: ContainerSpec, id: string): string {
  const values: Readonly<Record<string, string>> = {
    ID: id.slice(0, 12),
    FullID: id,
    Name: spec.name,
    ImageName: spec.image,
  };
  return template.replaceAll(/{{\s*\.?([^}]*?)\s*}}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error("splunk: the tag has a part that the process runtime does not know");
    return value;
  });
}

function patternOf(option: string, pattern: string | undefined): RegExp | undefined {
  if (!pattern) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    throw new Error(`splunk: ${option} is not a valid regular expression`);
  }
}

/** The labels or variables that an option names, one by one or by a pattern. */
function chosen(values: LogOptions, options: LogOptions, option: "labels" | "env"): LogOptions {
  const names = options[option]?.split(",") ?? [];
  const pattern = patternOf(`${option}-regex`, options[`${option}-regex`]);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name) || pattern?.test(name)));
}
