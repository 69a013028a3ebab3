import { defineMessages } from "../i18n/messages.ts";

export const session = defineMessages({
  accessKeyId: { en: "Access key ID", "zh-CN": "访问密钥 ID" },
  accessKeyText: {
    en: "The key is exchanged for temporary credentials. It stays in this page's memory and is never stored.",
    "zh-CN": "密钥将换取临时凭证。它只保留在此页面的内存中，绝不会被存储。",
  },
  account: { en: "Account ID", "zh-CN": "账户 ID" },
  accountOrAlias: { en: "Account ID or alias", "zh-CN": "账户 ID 或别名" },
  byAccessKey: { en: "Access key", "zh-CN": "访问密钥" },
  byLink: { en: "One-time link", "zh-CN": "一次性链接" },
  byPassword: { en: "IAM user", "zh-CN": "IAM 用户" },
  code: { en: "Sign-in link or code", "zh-CN": "登录链接或代码" },
  codeText: {
    en: "sealift up prints a link that signs you in once. Open it, or paste it here.",
    "zh-CN": "sealift up 会打印一个可供您登录一次的链接。请打开它，或将其粘贴到此处。",
  },
  mfaCode: { en: "MFA code", "zh-CN": "MFA 代码" },
  mfaText: { en: "The six digits that your MFA device shows", "zh-CN": "您的 MFA 设备显示的六位数字" },
  newPassword: { en: "New password", "zh-CN": "新密码" },
  newPasswordAgain: { en: "Confirm new password", "zh-CN": "确认新密码" },
  newPasswordText: {
    en: "You must change your password before you continue.",
    "zh-CN": "您必须先更改密码才能继续。",
  },
  notTheSame: { en: "The passwords differ", "zh-CN": "两次输入的密码不一致" },
  password: { en: "Password", "zh-CN": "密码" },
  required: { en: "This field is required", "zh-CN": "此字段为必填项" },
  roleHint: {
    en: "The role's name, with its path if it has one, or its ARN",
    "zh-CN": "角色的名称（如有路径则包含路径）或其 ARN",
  },
  roleName: { en: "IAM role name", "zh-CN": "IAM 角色名称" },
  secretAccessKey: { en: "Secret access key", "zh-CN": "秘密访问密钥" },
  sessionToken: { en: "Session token", "zh-CN": "会话令牌" },
  sessionTokenText: { en: "For temporary credentials only", "zh-CN": "仅适用于临时凭证" },
  signIn: { en: "Sign in", "zh-CN": "登录" },
  signInAgain: { en: "Sign in again", "zh-CN": "重新登录" },
  signingIn: { en: "Signing in", "zh-CN": "正在登录" },
  switchRole: { en: "Switch role", "zh-CN": "切换角色" },
  switchRoleText: {
    en: "You work with the role's permissions until you switch back. Your own do not apply meanwhile.",
    "zh-CN": "在切换回来之前，您将使用该角色的权限，您自己的权限在此期间不适用。",
  },
  title: { en: "Sign in to Sealift", "zh-CN": "登录 Sealift" },
  userName: { en: "IAM user name", "zh-CN": "IAM 用户名" },
});
