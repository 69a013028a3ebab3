import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  createdAlready: {
    en: (name: string) => `The secret ${name} is there already from this attempt. Trying again registers the revision.`,
    "zh-CN": (name: string) => `本次操作已创建密钥 ${name}。重试将注册修订版。`,
  },
  done: {
    en: (secret: string, revision: string, role: string) =>
      `The secret ${secret} was created, and ${revision} refers to it. The execution role ${role} needs secretsmanager:GetSecretValue on it: see References.`,
    "zh-CN": (secret: string, revision: string, role: string) =>
      `已创建密钥 ${secret}，并且 ${revision} 引用该密钥。执行角色 ${role} 需要对其拥有 secretsmanager:GetSecretValue 权限：请查看“引用”。`,
  },
  heading: {
    en: (count: number) => `${count === 1 ? "1 value looks" : `${count} values look`} like a secret in plain text`,
    "zh-CN": (count: number) => `${count} 个值疑似明文密钥`,
  },
  more: {
    en: (count: number) => `and ${count} more`,
    "zh-CN": (count: number) => `还有 ${count} 个未列出`,
  },
  move: { en: "Move to Secrets Manager", "zh-CN": "移至 Secrets Manager" },
  moveText: {
    en: "The value is stored as a secret. A new revision is registered that refers to the secret in the place of the value. The value is not shown.",
    "zh-CN": "该值将存储为密钥，并注册一个新修订版，在原处引用该密钥。不会显示该值。",
  },
  moveTitle: {
    en: (name: string) => `Move ${name} to Secrets Manager?`,
    "zh-CN": (name: string) => `将 ${name} 移至 Secrets Manager?`,
  },
  needsRole: {
    en: "The definition names no execution role, which a reference needs. Create a revision with one first.",
    "zh-CN": "该任务定义未指定执行角色，而引用需要执行角色。请先创建指定执行角色的修订版。",
  },
  noMove: {
    en: "ECS takes no reference to a secret here: give the program the value by an environment variable.",
    "zh-CN": "ECS 不支持在此处引用密钥：请通过环境变量将值传递给程序。",
  },
  oldRevisions: {
    en: "Everybody who may describe this revision still reads the value in it. Change the value in the secret afterwards, and deregister this revision.",
    "zh-CN": "任何有权描述此修订版的人仍能看到其中的值。之后请更改密钥中的值，并注销此修订版。",
  },
  permission: {
    en: (role: string) => `The execution role ${role} needs this permission on the new secret:`,
    "zh-CN": (role: string) => `执行角色 ${role} 需要对新密钥拥有以下权限：`,
  },
  secretName: { en: "Secret name", "zh-CN": "密钥名称" },
});
