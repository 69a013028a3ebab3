/** The milliseconds for which `work` keeps the processor busy. Unlike the time that it takes, they do not grow on a busy machine. */
export function workTime(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
