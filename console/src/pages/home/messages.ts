import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  title: { en: "Console home", "zh-CN": "控制台主页" },
  account: { en: "Account ID", "zh-CN": "账户 ID" },
  identity: { en: "Signed in as", "zh-CN": "登录身份" },
  region: { en: "Region", "zh-CN": "区域" },
  services: { en: "Services", "zh-CN": "服务" },
});
