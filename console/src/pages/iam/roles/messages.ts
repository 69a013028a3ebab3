import { defineMessages } from "../../../i18n/messages.ts";

export const messages = defineMessages({
  addPermissions: { en: "Add permissions", "zh-CN": "添加权限" },
  createRole: { en: "Create role", "zh-CN": "创建角色" },
  created: { en: (name: string) => `Role ${name} was created.`, "zh-CN": (name: string) => `已创建角色 ${name}。` },
  creationDate: { en: "Creation date", "zh-CN": "创建日期" },
  customTrust: { en: "Custom trust policy", "zh-CN": "自定义信任策略" },
  customTrustText: {
    en: "Write the policy that says who may assume this role.",
    "zh-CN": "编写策略以规定谁可以代入此角色。",
  },
  deleteText: {
    en: "Its inline policies go with it, and managed policies are detached. Tasks that use the role cannot start any more.",
    "zh-CN": "其内联策略会一并删除，托管策略会被分离。使用此角色的任务将无法启动。",
  },
  deleted: { en: (name: string) => `Role ${name} was deleted.`, "zh-CN": (name: string) => `已删除角色 ${name}。` },
  editTrust: { en: "Edit trust policy", "zh-CN": "编辑信任策略" },
  entityType: { en: "Trusted entity type", "zh-CN": "可信实体类型" },
  findRoles: { en: "Find roles", "zh-CN": "查找角色" },
  lastActivity: { en: "Last activity", "zh-CN": "上次活动" },
  maxSession: { en: "Maximum session duration", "zh-CN": "最大会话持续时间" },
  maxSessionValue: {
    en: (hours: number) => (hours === 1 ? "1 hour" : `${hours} hours`),
    "zh-CN": (hours: number) => `${hours} 小时`,
  },
  nameReview: { en: "Name, review, and create", "zh-CN": "命名、审核和创建" },
  noRoles: { en: "No roles", "zh-CN": "没有角色" },
  path: { en: "Path", "zh-CN": "路径" },
  permissions: { en: "Permissions", "zh-CN": "权限" },
  permissionsPolicies: { en: "Permissions policies", "zh-CN": "权限策略" },
  roleDetails: { en: "Role details", "zh-CN": "角色详细信息" },
  roleName: { en: "Role name", "zh-CN": "角色名称" },
  roleNameText: {
    en: "Up to 64 letters, digits and +=,.@-_",
    "zh-CN": "最多 64 个字母、数字和 +=,.@-_ 字符",
  },
  roles: { en: "Roles", "zh-CN": "角色" },
  rolesText: {
    en: "A role is an identity without credentials of its own. Whoever it trusts takes temporary ones.",
    "zh-CN": "角色是没有自身凭证的身份。受其信任的实体可获取临时凭证。",
  },
  selectTrusted: { en: "Select trusted entity", "zh-CN": "选择可信实体" },
  serviceEntity: { en: "AWS service", "zh-CN": "AWS 服务" },
  serviceEntityText: {
    en: "Let services such as ECS act in this account.",
    "zh-CN": "允许 ECS 等服务在此账户中执行操作。",
  },
  summary: { en: "Summary", "zh-CN": "摘要" },
  trust: { en: "Trust relationships", "zh-CN": "信任关系" },
  trustSaved: { en: "The trust policy was saved.", "zh-CN": "已保存信任策略。" },
  trustedEntities: { en: "Trusted entities", "zh-CN": "可信实体" },
  useCase: { en: "Use case", "zh-CN": "使用案例" },
  useCaseEc2: { en: "EC2", "zh-CN": "EC2" },
  useCaseEc2Text: {
    en: "Lets EC2 instances call AWS services.",
    "zh-CN": "允许 EC2 实例调用 AWS 服务。",
  },
  useCaseEcs: { en: "Elastic Container Service", "zh-CN": "Elastic Container Service" },
  useCaseEcsText: {
    en: "Lets ECS itself manage resources for you.",
    "zh-CN": "允许 ECS 本身代表您管理资源。",
  },
  useCaseTask: { en: "Elastic Container Service Task", "zh-CN": "Elastic Container Service 任务" },
  useCaseTaskText: {
    en: "Lets ECS tasks call AWS services: as task role, or as task execution role.",
    "zh-CN": "允许 ECS 任务调用 AWS 服务，可用作任务角色或任务执行角色。",
  },
});
