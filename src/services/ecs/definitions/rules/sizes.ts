import { sizeProblem } from "../numbers.ts";
import { type Candidate, type ContainerRule, each, firstOf, type Rule } from "./rule.ts";

const memoryProblem: ContainerRule = ({ name, memory, memoryReservation }, definition) => {
  if (definition.memory === undefined && !memory && !memoryReservation) {
    return `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`;
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    return `Invalid setting for container '${name}'. 'memory' must be greater than or equal to 'memoryReservation'.`;
  }
  if (memory !== undefined && definition.memory !== undefined && memory > Number(definition.memory)) {
    return `The 'memory' setting for container '${name}' is greater than for the task.`;
  }
  return undefined;
};

function sumProblem({ containerDefinitions, cpu, memory }: Candidate): string | undefined {
  const exceeds = (member: "cpu" | "memoryReservation", most: string | undefined) =>
    most !== undefined &&
    containerDefinitions.reduce((sum, container) => sum + (container[member] ?? 0), 0) > Number(most);
  const words = (member: string, whole: string) =>
    `The sum of all container '${member}' values cannot be greater than the value of the task '${whole}'.`;
  if (exceeds("cpu", cpu)) return words("cpu", "cpu");
  return exceeds("memoryReservation", memory) ? words("memoryReservation", "memory") : undefined;
}

/** CPU units and memory of containers, and that the task has enough of both. */
export const sizeRules: Rule = firstOf(each(sizeProblem, memoryProblem), sumProblem);
