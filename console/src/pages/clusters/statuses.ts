import { defineMessages } from "../../i18n/messages.ts";

/** States as AWS's console writes them. What is not here is shown as the API has it. */
export const statuses = defineMessages({
  ACTIVE: { en: "Active", "zh-CN": "活动" },
  INACTIVE: { en: "Inactive", "zh-CN": "非活动" },
  DRAINING: { en: "Draining", "zh-CN": "正在耗尽" },
  DEPROVISIONING: { en: "Deprovisioning", "zh-CN": "正在取消预置" },
  PROVISIONING: { en: "Provisioning", "zh-CN": "正在预置" },
  PENDING: { en: "Pending", "zh-CN": "待处理" },
  ACTIVATING: { en: "Activating", "zh-CN": "正在激活" },
  RUNNING: { en: "Running", "zh-CN": "正在运行" },
  DEACTIVATING: { en: "Deactivating", "zh-CN": "正在停用" },
  STOPPING: { en: "Stopping", "zh-CN": "正在停止" },
  STOPPED: { en: "Stopped", "zh-CN": "已停止" },
  HEALTHY: { en: "Healthy", "zh-CN": "运行状况良好" },
  UNHEALTHY: { en: "Unhealthy", "zh-CN": "运行状况不佳" },
  UNKNOWN: { en: "Unknown", "zh-CN": "未知" },
  PRIMARY: { en: "Primary", "zh-CN": "主要" },
  COMPLETED: { en: "Completed", "zh-CN": "已完成" },
  IN_PROGRESS: { en: "In progress", "zh-CN": "进行中" },
  FAILED: { en: "Failed", "zh-CN": "失败" },
  SUCCESSFUL: { en: "Success", "zh-CN": "成功" },
  STOP_REQUESTED: { en: "Stop requested", "zh-CN": "已请求停止" },
  ROLLBACK_REQUESTED: { en: "Rollback requested", "zh-CN": "已请求回滚" },
  ROLLBACK_IN_PROGRESS: { en: "Rollback in progress", "zh-CN": "正在回滚" },
  ROLLBACK_SUCCESSFUL: { en: "Rolled back", "zh-CN": "已回滚" },
  ROLLBACK_FAILED: { en: "Rollback failed", "zh-CN": "回滚失败" },
});
