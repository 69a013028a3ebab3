import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  allow: { en: "Allow", "zh-CN": "允许" },
  code: { en: "Authorization code", "zh-CN": "授权码" },
  codeText: {
    en: "Enter it in the program, within ten minutes. It works once.",
    "zh-CN": "请在十分钟内将其输入到程序中。此代码只能使用一次。",
  },
  deny: { en: "Do not allow", "zh-CN": "不允许" },
  done: { en: "You can close this page", "zh-CN": "您可以关闭此页面" },
  doneText: { en: "The program has its answer.", "zh-CN": "程序已收到答复。" },
  identity: { en: "Signed in as", "zh-CN": "登录身份" },
  malformed: {
    en: "This address is not complete. Start again in the program that sent you here.",
    "zh-CN": "此地址不完整。请在将您带到此处的程序中重新开始。",
  },
  program: { en: "Program", "zh-CN": "程序" },
  programElsewhere: { en: "A program on another machine", "zh-CN": "另一台机器上的程序" },
  programHere: {
    en: (address: string) => `A program on this machine, at ${address}`,
    "zh-CN": (address: string) => `此机器上的程序，地址为 ${address}`,
  },
  text: {
    en: "It gets temporary credentials of your identity, and renews them for up to 12 hours. Allow it only if you started it yourself.",
    "zh-CN": "它将获得您身份的临时凭证，并可在最长 12 小时内续期。仅当您自己启动了该程序时才允许。",
  },
  title: { en: "A program asks to sign in", "zh-CN": "有程序请求登录" },
});
