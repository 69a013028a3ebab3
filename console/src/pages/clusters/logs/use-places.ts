import { useMemo } from "react";
import { useRead } from "../../../data/use-call.ts";
import type { Task } from "../types.ts";
import { logPlaces } from "./log-places.ts";

/** Where the output of tasks is. The same object as long as it is at the same places. */
export function usePlaces(tasks: readonly Task[]) {
  const arns = [...new Set(tasks.map(({ taskDefinitionArn = "" }) => taskDefinitionArn))].sort();
  const { data, error } = useRead(["ecs", "definitions", arns], (api, call) =>
    Promise.all(
      arns.map(async (taskDefinition) => {
        const answer = await api.call("ecs", "DescribeTaskDefinition", { taskDefinition }, call);
        return answer.taskDefinition ?? {};
      }),
    ),
  );
  const key = data && JSON.stringify(logPlaces(tasks, data));
  return {
    data: useMemo(() => (key === undefined ? undefined : (JSON.parse(key) as ReturnType<typeof logPlaces>)), [key]),
    error,
  };
}
