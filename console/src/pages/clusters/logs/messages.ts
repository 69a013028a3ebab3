import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  title: { en: "Live logs", "zh-CN": "实时日志" },
  text: {
    en: "What all containers print, read every two seconds. Values of their secrets are masked.",
    "zh-CN": "所有容器的输出，每两秒读取一次。其密钥的值已被屏蔽。",
  },
  pause: { en: "Pause", "zh-CN": "暂停" },
  resume: { en: "Resume", "zh-CN": "继续" },
  pattern: { en: "Filter pattern", "zh-CN": "筛选模式" },
  patternHint: {
    en: 'Press Enter to filter: ERROR, ?WARN, { $.level = "error" }',
    "zh-CN": '按 Enter 键筛选：ERROR、?WARN、{ $.level = "error" }',
  },
  since: { en: "Since", "zh-CN": "起始时间" },
  minutes15: { en: "15 minutes ago", "zh-CN": "15 分钟前" },
  hour: { en: "1 hour ago", "zh-CN": "1 小时前" },
  day: { en: "1 day ago", "zh-CN": "1 天前" },
  start: { en: "The beginning", "zh-CN": "开头" },
  empty: { en: "No lines yet.", "zh-CN": "还没有任何行。" },
  most: {
    en: (count: number) => `The last ${count} lines are shown.`,
    "zh-CN": (count: number) => `仅显示最后 ${count} 行。`,
  },
  elsewhere: {
    en: (container: string, driver: string) =>
      `Container ${container} has the log driver ${driver}: its output is not in CloudWatch Logs. See it with: sealift logs`,
    "zh-CN": (container: string, driver: string) =>
      `容器 ${container} 使用日志驱动程序 ${driver}：其输出不在 CloudWatch Logs 中。请使用 sealift logs 查看`,
  },
  otherRegion: {
    en: (group: string, region: string) => `The log group ${group} is in ${region}. Choose that Region to read it.`,
    "zh-CN": (group: string, region: string) => `日志组 ${group} 位于 ${region}。请选择该区域以读取。`,
  },
  groups: { en: "Log groups", "zh-CN": "日志组" },
});
