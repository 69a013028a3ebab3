import { defineMessages } from "../../../i18n/messages.ts";
import type { Rule } from "./verdict.ts";

export const messages = defineMessages({
  add: { en: "Add permission", "zh-CN": "添加权限" },
  addAll: { en: "Add all missing permissions", "zh-CN": "添加所有缺少的权限" },
  added: {
    en: (policy: string, role: string) => `Inline policy ${policy} was added to the role ${role}.`,
    "zh-CN": (policy: string, role: string) => `已将内联策略 ${policy} 添加到角色 ${role}。`,
  },
  addText: {
    en: (role: string) => `The role ${role} gets this inline policy. Nothing else of the role changes.`,
    "zh-CN": (role: string) => `角色 ${role} 将获得此内联策略，该角色的其他内容不会改变。`,
  },
  addTitle: { en: "Add the missing permissions?", "zh-CN": "添加缺少的权限？" },
  container: { en: "Container", "zh-CN": "容器" },
  document: { en: "Policy document", "zh-CN": "策略文档" },
  empty: { en: "No references", "zh-CN": "没有引用" },
  emptyText: {
    en: "The definition takes nothing from Secrets Manager, Parameter Store or Amazon S3.",
    "zh-CN": "该任务定义未从 Secrets Manager、Parameter Store 或 Amazon S3 获取任何内容。",
  },
  error: { en: "Fails", "zh-CN": "无法解析" },
  kindFile: { en: "Environment file", "zh-CN": "环境文件" },
  kindLog: { en: "Log option", "zh-CN": "日志选项" },
  kindRegistry: { en: "Private registry", "zh-CN": "私有注册表" },
  kindVariable: { en: "Environment variable", "zh-CN": "环境变量" },
  name: { en: "Name", "zh-CN": "名称" },
  ok: { en: "Resolves", "zh-CN": "可以解析" },
  reason: { en: "Reason", "zh-CN": "原因" },
  source: { en: "ValueFrom", "zh-CN": "ValueFrom" },
  text: {
    en: "Whether the execution role gets each of them when a task starts. No value is read.",
    "zh-CN": "任务启动时执行角色能否获取各项引用。不会读取任何值。",
  },
  title: { en: "References", "zh-CN": "引用" },
  trust: { en: "Statement for the role's trust policy:", "zh-CN": "需要添加到角色信任策略的语句:" },
  unknown: { en: "Not known", "zh-CN": "未知" },
  verdict: { en: "Verdict", "zh-CN": "结论" },
  warning: { en: "Warning", "zh-CN": "警告" },
});

type Sentence = (...parts: string[]) => string;

const denied = {
  en: (role = "", action = "", resource = "", effect = "") =>
    `The execution role ${role} may not call ${action} on ${resource}: ${
      effect === ""
        ? "no policy of the role allows it"
        : "a policy denies it, or the permissions boundary does not allow it"
    }.`,
  "zh-CN": (role = "", action = "", resource = "", effect = "") =>
    `执行角色 ${role} 无权对 ${resource} 调用 ${action}:${
      effect === "" ? "该角色没有任何策略允许此操作" : "某个策略拒绝此操作，或者权限边界不允许此操作"
    }。`,
};

/** What each rule says, in the words of `sealift check`. */
export const sentences = defineMessages({
  resolves: { en: () => "", "zh-CN": () => "" },
  "execution-role-missing": {
    en: () => "The agent reads this as the execution role, and the definition names none.",
    "zh-CN": () => "代理以执行角色的身份读取此项，但任务定义未指定执行角色。",
  },
  "role-not-found": {
    en: (role) => `The account has no role ${role}.`,
    "zh-CN": (role) => `该账户中没有角色 ${role}。`,
  },
  "role-not-trusted": {
    en: (role) => `The trust policy of ${role} does not let ecs-tasks.amazonaws.com assume it.`,
    "zh-CN": (role) => `${role} 的信任策略不允许 ecs-tasks.amazonaws.com 代入该角色。`,
  },
  "reference-malformed": {
    en: (asked) => `"${asked}" is not a reference that ECS can read.`,
    "zh-CN": (asked) => `“${asked}”不是 ECS 可以读取的引用。`,
  },
  "secret-arn-suffix": {
    en: (name, value) =>
      `The six characters behind the last hyphen of the ARN are not those of the secret "${name}". Name the secret by its complete ARN: ${value}`,
    "zh-CN": (name, value) => `ARN 最后一个连字符后的六个字符与密钥“${name}”不符。请使用该密钥的完整 ARN:${value}`,
  },
  "secret-partial-arn": {
    en: (name, arn, value) =>
      `The ARN is not complete. It finds "${name}" in its own account only, and only policies that allow ${arn} let it be read. Use the complete ARN: ${value}`,
    "zh-CN": (name, arn, value) =>
      `ARN 不完整。它只能在所属账户中找到“${name}”，并且只有允许 ${arn} 的策略才能读取它。请使用完整 ARN:${value}`,
  },
  "secret-not-found": {
    en: (account, name, region) => `Account ${account} has no secret "${name}" in ${region}.`,
    "zh-CN": (account, name, region) => `账户 ${account} 在 ${region} 中没有密钥“${name}”。`,
  },
  "secret-pending-deletion": {
    en: () => "The secret is marked for deletion, and nobody can read it.",
    "zh-CN": () => "该密钥已标记为待删除，任何人都无法读取它。",
  },
  "secret-version-not-found": {
    en: (there) =>
      `The version that the reference names is not there. ${there === "" ? "The secret has none." : `There is ${there}.`}`,
    "zh-CN": (there) => `引用所指定的版本不存在。${there === "" ? "该密钥没有任何版本。" : `现有版本：${there}。`}`,
  },
  "secret-foreign-default-key": {
    en: () =>
      "The secret of another account is encrypted under aws/secretsmanager, which only its own account can use.",
    "zh-CN": () => "其他账户的密钥使用 aws/secretsmanager 加密，而只有其所属账户才能使用该 KMS 密钥。",
  },
  "secret-denied": denied,
  "parameter-denied": denied,
  "key-denied": denied,
  "file-denied": denied,
  "bucket-location-denied": denied,
  "json-key-not-seen": {
    en: (key) => `The secret can be read. Whether it has the JSON key "${key}" is not known: no value was read.`,
    "zh-CN": (key) => `该密钥可以读取，但不知道其中是否有 JSON 键“${key}”：未读取任何值。`,
  },
  "parameter-selector": {
    en: (selector) =>
      `"${selector}" selects a version of the parameter. Sealift takes it; AWS does not register such a definition.`,
    "zh-CN": (selector) => `“${selector}”选择了参数的某个版本。Sealift 接受这种写法，但 AWS 不会注册这样的任务定义。`,
  },
  "parameter-not-found": {
    en: (name, region, selector) =>
      `There is no ${selector === "" ? "parameter" : `version or label "${selector}" of the parameter`} "${name}" in ${region}.`,
    "zh-CN": (name, region, selector) =>
      selector === "" ? `${region} 中没有参数“${name}”。` : `${region} 中的参数“${name}”没有版本或标注“${selector}”。`,
  },
  "key-not-found": {
    en: () => "The KMS key that the value is encrypted under does not exist any more: the value is lost.",
    "zh-CN": () => "用于加密该值的 KMS 密钥已不存在：该值已丢失。",
  },
  "key-unusable": {
    en: (words) => `The value cannot be decrypted: ${words}`,
    "zh-CN": (words) => `无法解密该值：${words}`,
  },
  "object-not-seen": {
    en: () =>
      "The role's policies allow it. Could not be checked: whether the file is there, and what the bucket's policy says.",
    "zh-CN": () => "角色的策略允许读取。无法检查：文件是否存在，以及存储桶策略的内容。",
  },
  "not-seen": {
    en: (why) => `Could not be checked: ${why}`,
    "zh-CN": (why) => `无法检查：${why}`,
  },
} satisfies Readonly<Record<Rule, { readonly en: Sentence; readonly "zh-CN": Sentence }>>);
