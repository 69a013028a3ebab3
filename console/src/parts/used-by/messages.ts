import { defineMessages } from "../../i18n/messages.ts";

export const messages = defineMessages({
  title: { en: "Used by", "zh-CN": "使用者" },
  services: { en: "Services", "zh-CN": "服务" },
  service: { en: "Service", "zh-CN": "服务" },
  tasks: { en: "Running tasks", "zh-CN": "正在运行的任务" },
  task: { en: "Task", "zh-CN": "任务" },
  cluster: { en: "Cluster", "zh-CN": "集群" },
  definitions: { en: "Task definitions", "zh-CN": "任务定义" },
  definition: { en: "Task definition", "zh-CN": "任务定义" },
  revision: { en: "Revision", "zh-CN": "修订版" },
  latest: { en: "Latest", "zh-CN": "最新" },
  older: { en: "Older, in use", "zh-CN": "较旧，使用中" },
  container: { en: "Container", "zh-CN": "容器" },
  containers: { en: "Containers", "zh-CN": "容器" },
  place: { en: "Used as", "zh-CN": "用途" },
  variable: {
    en: (name: string) => `Environment variable ${name}`,
    "zh-CN": (name: string) => `环境变量 ${name}`,
  },
  logOption: { en: (name: string) => `Log option ${name}`, "zh-CN": (name: string) => `日志选项 ${name}` },
  registry: { en: "Registry credentials", "zh-CN": "注册表凭证" },
  label: { en: "Docker label sealift.secrets.from", "zh-CN": "Docker 标签 sealift.secrets.from" },
  valueFrom: { en: "Value from", "zh-CN": "值来源" },
  state: { en: "State", "zh-CN": "状态" },
  pullOnly: { en: "For the pull of its image only", "zh-CN": "仅用于拉取映像" },
  notTold: { en: "Its agent has not told yet", "zh-CN": "其代理尚未报告" },
  noTasks: { en: "No running tasks", "zh-CN": "没有正在运行的任务" },
  staleTasks: {
    en: (stale: number, all: number) => `${stale} of ${all} tasks stale`,
    "zh-CN": (stale: number, all: number) => `${all} 个任务中有 ${stale} 个过时`,
  },
  currentTasks: {
    en: (all: number) => (all === 1 ? "1 task, not stale" : `${all} tasks, none stale`),
    "zh-CN": (all: number) => `${all} 个任务，均未过时`,
  },
  text: {
    en: "Services, running tasks, the latest active revision of each task definition, and the revisions that run.",
    "zh-CN": "服务、正在运行的任务、每个任务定义的最新有效修订版，以及正在运行的修订版。",
  },
  staleText: {
    en: "Tasks keep the versions with which they started. A stale one, started now, would get another version.",
    "zh-CN": "任务会保留其启动时使用的版本。过时的任务如果现在启动，将获得其他版本。",
  },
  staleTitle: {
    en: (count: number) => (count === 1 ? "1 task holds an older version" : `${count} tasks hold older versions`),
    "zh-CN": (count: number) => `${count} 个任务持有旧版本`,
  },
  emptyServices: { en: "No service uses it", "zh-CN": "没有服务使用它" },
  emptyTasks: { en: "No running task uses it", "zh-CN": "没有正在运行的任务使用它" },
  emptyDefinitions: { en: "No task definition names it", "zh-CN": "没有任务定义引用它" },
  readClusters: {
    en: (done: number, of: number) => `Reading services and tasks: ${done} of ${of} clusters`,
    "zh-CN": (done: number, of: number) => `正在读取服务和任务：${of} 个集群中的 ${done} 个`,
  },
  readDefinitions: {
    en: (done: number, of: number) => `Reading task definitions: ${done} of ${of}`,
    "zh-CN": (done: number, of: number) => `正在读取任务定义：${of} 个中的 ${done} 个`,
  },
  incomplete: { en: "This is not all", "zh-CN": "结果不完整" },
  cut: {
    en: (count: number, what: string, where: string) => `Only the first ${count} were read: ${what}${where}.`,
    "zh-CN": (count: number, what: string, where: string) => `仅读取了前 ${count} 个：${what}${where}。`,
  },
  failed: {
    en: (count: number, what: string, where: string) =>
      `${count === 1 ? "1 call" : `${count} calls`} failed: ${what}${where}.`,
    "zh-CN": (count: number, what: string, where: string) => `${count} 次调用失败：${what}${where}。`,
  },
  inCluster: {
    en: (cluster: string) => ` (cluster ${cluster})`,
    "zh-CN": (cluster: string) => `（集群 ${cluster}）`,
  },
  clusters: { en: "Clusters", "zh-CN": "集群" },
  redeploy: { en: "Redeploy what uses this", "zh-CN": "重新部署使用者" },
  redeployText: {
    en: "Each of these services gets a new deployment of the same task definition. Its new tasks get the versions of now, and the old ones go as its deployment settings say.",
    "zh-CN": "以下每个服务都将使用相同的任务定义进行新部署。新任务将获得当前版本，旧任务将按其部署设置被替换。",
  },
  redeployAlone: {
    en: (count: number) =>
      `${count === 1 ? "1 running task is" : `${count} running tasks are`} of no service: stop and run anew by hand.`,
    "zh-CN": (count: number) => `${count} 个正在运行的任务不属于任何服务：请手动停止并重新运行。`,
  },
  doRedeploy: {
    en: (count: number) => (count === 1 ? "Redeploy 1 service" : `Redeploy ${count} services`),
    "zh-CN": (count: number) => `重新部署 ${count} 个服务`,
  },
  stop: { en: "Stop", "zh-CN": "停止" },
  outcome: { en: "Outcome", "zh-CN": "结果" },
  waiting: { en: "Not started", "zh-CN": "未开始" },
  running: { en: "Starting", "zh-CN": "正在启动" },
  started: { en: "Deployment started", "zh-CN": "已开始部署" },
});
