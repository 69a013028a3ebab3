import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  title: { en: "Terminal", "zh-CN": "终端" },
  text: {
    en: "Runs a command in the container by ECS Exec. The command itself is recorded in the audit trail: put no secrets into it.",
    "zh-CN": "通过 ECS Exec 在容器中运行命令。命令本身会记录在审计跟踪中：请勿在其中写入密钥。",
  },
  container: { en: "Container", "zh-CN": "容器" },
  command: { en: "Command", "zh-CN": "命令" },
  connect: { en: "Connect", "zh-CN": "连接" },
  disconnect: { en: "Disconnect", "zh-CN": "断开连接" },
  connecting: { en: "Connecting", "zh-CN": "正在连接" },
  connected: { en: "Connected", "zh-CN": "已连接" },
  ended: {
    en: (code: number | undefined) =>
      code === undefined ? "The session ended" : `The command ended with exit code ${code}`,
    "zh-CN": (code: number | undefined) => (code === undefined ? "会话已结束" : `命令已结束，退出代码为 ${code}`),
  },
  input: { en: "Terminal input. Shift+Tab leaves the terminal.", "zh-CN": "终端输入。按 Shift+Tab 离开终端。" },
  output: { en: "Terminal output", "zh-CN": "终端输出" },
  help: {
    en: "Shift+Tab leaves the terminal. It shows text, colours and full-screen programs; it knows no scroll regions, no mouse and no other character sets.",
    "zh-CN": "按 Shift+Tab 离开终端。它可显示文本、颜色和全屏程序；不支持滚动区域、鼠标和其他字符集。",
  },
  off: { en: "ECS Exec is turned off for this task", "zh-CN": "此任务的 ECS Exec 已关闭" },
  offText: {
    en: "Turn it on when you run the task, or in its service: it counts for tasks that start from then on.",
    "zh-CN": "请在运行任务时或在其服务中开启：它对之后启动的任务生效。",
  },
  notRunning: { en: "No container runs", "zh-CN": "没有正在运行的容器" },
});
