import { ApiError } from "../../api/error.ts";
import { useRead } from "../../data/use-call.ts";

/** What DescribeParameters says of one parameter; its value is not part of that. */
export function useParameter(name: string) {
  return useRead(["ssm", "parameter", name], async (api, options) => {
    const { Parameters } = await api.call(
      "ssm",
      "DescribeParameters",
      { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] },
      options,
    );
    const [parameter] = Parameters ?? [];
    if (parameter) return parameter;
    throw new ApiError("ParameterNotFound", name, { status: 400, operation: "ssm:DescribeParameters" });
  });
}
