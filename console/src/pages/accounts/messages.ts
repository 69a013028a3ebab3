import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  service: { en: "Organizations", "zh-CN": "Organizations" },
  accounts: { en: "AWS accounts", "zh-CN": "AWS 账户" },
  accountsText: {
    en: "The accounts of this Sealift. To work in another one, choose Switch role in the top bar.",
    "zh-CN": "此 Sealift 的账户。要在其他账户中工作，请在顶部栏选择“切换角色”。",
  },
  accountId: { en: "Account ID", "zh-CN": "账户 ID" },
  email: { en: "Email", "zh-CN": "电子邮件" },
  joined: { en: "Joined", "zh-CN": "加入时间" },
  active: { en: "Active", "zh-CN": "活动" },
  find: { en: "Find AWS accounts", "zh-CN": "查找 AWS 账户" },
  none: { en: "No accounts", "zh-CN": "没有账户" },
  yours: { en: "signed in", "zh-CN": "已登录" },
});
