import type { Language } from "../i18n/language.ts";

/** Regions of AWS by the names that its console gives them. A Sealift keeps the resources of each apart. */
export const regions: readonly (readonly [id: string, names: Readonly<Record<Language, string>>])[] = [
  ["us-east-1", { en: "US East (N. Virginia)", "zh-CN": "美国东部（弗吉尼亚州北部）" }],
  ["us-east-2", { en: "US East (Ohio)", "zh-CN": "美国东部（俄亥俄州）" }],
  ["us-west-1", { en: "US West (N. California)", "zh-CN": "美国西部（加利福尼亚州北部）" }],
  ["us-west-2", { en: "US West (Oregon)", "zh-CN": "美国西部（俄勒冈州）" }],
  ["ap-east-1", { en: "Asia Pacific (Hong Kong)", "zh-CN": "亚太地区（香港）" }],
  ["ap-northeast-1", { en: "Asia Pacific (Tokyo)", "zh-CN": "亚太地区（东京）" }],
  ["ap-northeast-2", { en: "Asia Pacific (Seoul)", "zh-CN": "亚太地区（首尔）" }],
  ["ap-south-1", { en: "Asia Pacific (Mumbai)", "zh-CN": "亚太地区（孟买）" }],
  ["ap-southeast-1", { en: "Asia Pacific (Singapore)", "zh-CN": "亚太地区（新加坡）" }],
  ["ap-southeast-2", { en: "Asia Pacific (Sydney)", "zh-CN": "亚太地区（悉尼）" }],
  ["ca-central-1", { en: "Canada (Central)", "zh-CN": "加拿大（中部）" }],
  ["cn-north-1", { en: "China (Beijing)", "zh-CN": "中国（北京）" }],
  ["cn-northwest-1", { en: "China (Ningxia)", "zh-CN": "中国（宁夏）" }],
  ["eu-central-1", { en: "Europe (Frankfurt)", "zh-CN": "欧洲（法兰克福）" }],
  ["eu-north-1", { en: "Europe (Stockholm)", "zh-CN": "欧洲（斯德哥尔摩）" }],
  ["eu-west-1", { en: "Europe (Ireland)", "zh-CN": "欧洲（爱尔兰）" }],
  ["eu-west-2", { en: "Europe (London)", "zh-CN": "欧洲（伦敦）" }],
  ["eu-west-3", { en: "Europe (Paris)", "zh-CN": "欧洲（巴黎）" }],
  ["sa-east-1", { en: "South America (São Paulo)", "zh-CN": "南美洲（圣保罗）" }],
];

const prefix = /^\/console\/?(?:(?<region>(?:[a-z]{2,4}-)+[a-z]+-\d+)(?:\/|$))?/;

/** The Region that an address begins with: `/console/us-east-1/ecs/clusters`. */
export function regionOf(pathname: string): string | undefined {
  return prefix.exec(pathname)?.groups?.region;
}

/** An address without its Region: `ecs/clusters`. */
export function pathInRegion(pathname: string): string {
  return pathname.replace(prefix, "");
}

/** The same page in a Region. */
export function inRegion(region: string, { pathname, search }: Pick<Location, "pathname" | "search">): string {
  return `/console/${region}/${pathInRegion(pathname)}${search}`;
}
