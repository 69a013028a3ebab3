import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  added: { en: "Added", "zh-CN": "已添加" },
  after: { en: "To revision", "zh-CN": "目标修订版" },
  before: { en: "From revision", "zh-CN": "源修订版" },
  change: { en: "Change", "zh-CN": "更改" },
  changed: { en: "Changed", "zh-CN": "已更改" },
  choose: { en: "Choose a revision", "zh-CN": "选择修订版" },
  differences: { en: "Differences", "zh-CN": "差异" },
  document: {
    en: (name: string) => `Document of ${name}`,
    "zh-CN": (name: string) => `${name} 的文档`,
  },
  member: { en: "Member", "zh-CN": "成员" },
  removed: { en: "Removed", "zh-CN": "已移除" },
  same: { en: "No differences", "zh-CN": "没有差异" },
  sameText: { en: "Both revisions say the same.", "zh-CN": "两个修订版的内容相同。" },
  title: {
    en: (family: string) => `Compare revisions of ${family}`,
    "zh-CN": (family: string) => `比较 ${family} 的修订版`,
  },
  whole: { en: "Whole documents", "zh-CN": "完整文档" },
});
