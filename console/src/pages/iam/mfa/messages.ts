import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  title: { en: "Multi-factor authentication (MFA)", "zh-CN": "多重身份验证（MFA）" },
  text: {
    en: "Use MFA to increase the security of the account. Signing in with MFA requires a code of an MFA device.",
    "zh-CN": "使用 MFA 可提高账户的安全性。使用 MFA 登录需要提供 MFA 设备的身份验证代码。",
  },
  find: { en: "Find MFA devices", "zh-CN": "查找 MFA 设备" },
  empty: { en: "No MFA devices", "zh-CN": "没有 MFA 设备" },
  emptyText: { en: "Assign an MFA device to the user.", "zh-CN": "请为该用户分配 MFA 设备。" },
  assign: { en: "Assign MFA device", "zh-CN": "分配 MFA 设备" },
  assigned: { en: "The MFA device was assigned.", "zh-CN": "已分配 MFA 设备。" },
  resync: { en: "Resync", "zh-CN": "重新同步" },
  resynced: { en: "The MFA device was resynchronized.", "zh-CN": "已重新同步 MFA 设备。" },
  removed: { en: "The MFA device was removed.", "zh-CN": "已移除 MFA 设备。" },
  removeText: {
    en: "The user signs in without the device's codes from then on. The device cannot be assigned again.",
    "zh-CN": "此后，该用户登录时不再需要此设备的代码。该设备无法再次分配。",
  },
  virtual: { en: "Virtual", "zh-CN": "虚拟" },
  identifier: { en: "Identifier", "zh-CN": "标识符" },
  createdOn: { en: "Created on", "zh-CN": "创建时间" },
  deviceName: { en: "Device name", "zh-CN": "设备名称" },
  deviceNameText: {
    en: "The name is part of the device's ARN and identifies it.",
    "zh-CN": "该名称是设备 ARN 的一部分，用于标识此设备。",
  },
  deviceNameConstraint: {
    en: "Up to 128 letters, digits and +=,.@-_",
    "zh-CN": "最多 128 个字母、数字和 +=,.@-_ 字符",
  },
  setUp: { en: "Set up device", "zh-CN": "设置设备" },
  setUpText: {
    en: "Scan the QR code with an authenticator app, or type the secret key into it. They are shown now and never again.",
    "zh-CN": "使用身份验证器应用程序扫描二维码，或在其中输入密钥。它们仅在此时显示，以后无法再次查看。",
  },
  showQrCode: { en: "Show QR code", "zh-CN": "显示二维码" },
  qrCode: { en: "QR code of the MFA device", "zh-CN": "MFA 设备的二维码" },
  showSecretKey: { en: "Show secret key", "zh-CN": "显示密钥" },
  code: { en: (number: number) => `MFA code ${number}`, "zh-CN": (number: number) => `MFA 代码 ${number}` },
  codesText: {
    en: "Type two consecutive codes of the device: wait up to 30 seconds for the second one.",
    "zh-CN": "输入设备上两个连续的代码：第二个代码最多需等待 30 秒。",
  },
  addMfa: { en: "Add MFA", "zh-CN": "添加 MFA" },
});
