import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  find: { en: "Search clusters", "zh-CN": "搜索集群" },
  empty: { en: "No clusters", "zh-CN": "没有集群" },
  emptyText: { en: "No clusters to display.", "zh-CN": "没有可显示的集群。" },
  create: { en: "Create cluster", "zh-CN": "创建集群" },
  created: {
    en: (name: string) => `Cluster ${name} has been created.`,
    "zh-CN": (name: string) => `已创建集群 ${name}。`,
  },
  delete: { en: "Delete cluster", "zh-CN": "删除集群" },
  deleted: {
    en: (name: string) => `Cluster ${name} has been deleted.`,
    "zh-CN": (name: string) => `已删除集群 ${name}。`,
  },
  deleteText: {
    en: "A cluster with services, running tasks or container instances cannot be deleted.",
    "zh-CN": "包含服务、正在运行的任务或容器实例的集群无法删除。",
  },
  name: { en: "Cluster name", "zh-CN": "集群名称" },
  nameText: {
    en: "1 to 255 letters, digits, hyphens and underscores.",
    "zh-CN": "1 到 255 个字母、数字、连字符和下划线。",
  },
  configuration: { en: "Cluster configuration", "zh-CN": "集群配置" },
  overview: { en: "Cluster overview", "zh-CN": "集群概述" },
  activeServices: { en: "Active services", "zh-CN": "活动服务" },
  instances: { en: "Registered container instances", "zh-CN": "已注册的容器实例" },
  insights: { en: "Container Insights", "zh-CN": "Container Insights" },
  providers: { en: "Capacity providers", "zh-CN": "容量提供程序" },
  defaultStrategy: { en: "Default capacity provider strategy", "zh-CN": "默认容量提供程序策略" },
  tabs: { en: "Cluster details", "zh-CN": "集群详细信息" },
  fargate: {
    en: "Add the FARGATE and FARGATE_SPOT capacity providers",
    "zh-CN": "添加 FARGATE 和 FARGATE_SPOT 容量提供程序",
  },
  fargateText: {
    en: "Tasks of a capacity provider strategy can name them. The launch type FARGATE needs neither.",
    "zh-CN": "任务的容量提供程序策略可以使用它们。启动类型 FARGATE 不需要它们。",
  },
  execLog: { en: "Log group for ECS Exec", "zh-CN": "ECS Exec 的日志组" },
  execLogText: {
    en: "What commands in its containers print is kept there. Without one nothing is kept.",
    "zh-CN": "容器中命令的输出会保留在其中。未指定时不保留任何内容。",
  },
  execKey: { en: "KMS key for ECS Exec", "zh-CN": "ECS Exec 的 KMS 密钥" },
});
