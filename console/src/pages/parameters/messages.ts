import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  advanced: { en: "Advanced", "zh-CN": "高级" },
  advancedText: {
    en: "Up to 8 KB. An advanced parameter cannot become a standard one again.",
    "zh-CN": "最大 8 KB。高级参数无法再变回标准参数。",
  },
  allParameters: { en: "All parameters", "zh-CN": "所有参数" },
  attachLabels: { en: "Attach labels", "zh-CN": "附加标注" },
  byHierarchy: { en: "By hierarchy", "zh-CN": "按层次结构" },
  create: { en: "Create parameter", "zh-CN": "创建参数" },
  created: {
    en: (name: string) => `Your parameter ${name} was created.`,
    "zh-CN": (name: string) => `已创建参数 ${name}。`,
  },
  dataType: { en: "Data type", "zh-CN": "数据类型" },
  deleted: {
    en: (count: number) => (count === 1 ? "1 parameter was deleted." : `${count} parameters were deleted.`),
    "zh-CN": (count: number) => `已删除 ${count} 个参数。`,
  },
  description: { en: "Description", "zh-CN": "描述" },
  editTitle: { en: (name: string) => `Edit ${name}`, "zh-CN": (name: string) => `编辑 ${name}` },
  empty: { en: "No parameters", "zh-CN": "没有参数" },
  emptyText: { en: "There are no parameters in this Region.", "zh-CN": "此区域中没有参数。" },
  find: { en: "Find parameters", "zh-CN": "查找参数" },
  history: { en: "History", "zh-CN": "历史记录" },
  keyId: { en: "KMS key ID", "zh-CN": "KMS 密钥 ID" },
  keyText: {
    en: "The key that the value is encrypted with. Who reads the value needs kms:Decrypt on it.",
    "zh-CN": "用于加密该值的密钥。读取该值的身份需要对此密钥拥有 kms:Decrypt 权限。",
  },
  labels: { en: "Labels", "zh-CN": "标注" },
  labelsText: {
    en: "Up to ten names, with commas between them. A label that another version has moves here.",
    "zh-CN": "最多十个名称，以逗号分隔。如果其他版本已有该标注，它将移动到此版本。",
  },
  labelsAttached: { en: "The labels were attached.", "zh-CN": "已附加标注。" },
  labelsInvalid: {
    en: (labels: string) => `These are no labels that a version can have: ${labels}`,
    "zh-CN": (labels: string) => `以下标注无效：${labels}`,
  },
  level: { en: "Level", "zh-CN": "层级" },
  lastModified: { en: "Last modified", "zh-CN": "上次修改时间" },
  lastModifiedBy: { en: "Last modified user", "zh-CN": "上次修改的用户" },
  name: { en: "Name", "zh-CN": "名称" },
  nameText: {
    en: "Letters, digits and .-_; slashes make a hierarchy: /prod/web/db-password",
    "zh-CN": "字母、数字和 .-_；使用斜杠构成层次结构：/prod/web/db-password",
  },
  overview: { en: "Overview", "zh-CN": "概述" },
  parameterDetails: { en: "Parameter details", "zh-CN": "参数详细信息" },
  parametersBelow: {
    en: (count: number) => (count === 1 ? "1 parameter" : `${count} parameters`),
    "zh-CN": (count: number) => `${count} 个参数`,
  },
  removeLabel: { en: (label: string) => `Remove label ${label}`, "zh-CN": (label: string) => `移除标注 ${label}` },
  saved: {
    en: (name: string, version: number) =>
      `Version ${version} of ${name} was saved. Running tasks keep the version that they have.`,
    "zh-CN": (name: string, version: number) => `已保存 ${name} 的版本 ${version}。正在运行的任务仍保留其现有版本。`,
  },
  secureString: { en: "SecureString", "zh-CN": "SecureString（安全字符串）" },
  secureStringText: {
    en: "Sensitive data, encrypted with a KMS key",
    "zh-CN": "使用 KMS 密钥加密的敏感数据",
  },
  service: { en: "Systems Manager", "zh-CN": "Systems Manager" },
  showValue: { en: "Show decrypted value", "zh-CN": "显示解密后的值" },
  showPlain: { en: "Show value", "zh-CN": "显示值" },
  standard: { en: "Standard", "zh-CN": "标准" },
  standardText: { en: "Up to 4 KB. No charge.", "zh-CN": "最大 4 KB，不收费。" },
  store: { en: "Parameter Store", "zh-CN": "Parameter Store" },
  string: { en: "String", "zh-CN": "String（字符串）" },
  stringText: { en: "Any string value", "zh-CN": "任意字符串值" },
  stringList: { en: "StringList", "zh-CN": "StringList（字符串列表）" },
  stringListText: { en: "Values with commas between them", "zh-CN": "以逗号分隔的值" },
  tier: { en: "Tier", "zh-CN": "层" },
  title: { en: "My parameters", "zh-CN": "我的参数" },
  value: { en: "Value", "zh-CN": "值" },
  valueAudited: {
    en: "Showing the value calls GetParameter, which the audit trail records.",
    "zh-CN": "显示该值会调用 GetParameter，审计跟踪会记录此次调用。",
  },
  valueText: {
    en: (most: number) => `At most ${most} characters`,
    "zh-CN": (most: number) => `最多 ${most} 个字符`,
  },
  valueNew: {
    en: "The new value. The value that it replaces stays as an earlier version.",
    "zh-CN": "新值。被替换的值将作为较早版本保留。",
  },
  viewDetails: { en: "View details", "zh-CN": "查看详细信息" },
});
