import { isRoleArn } from "../../role-arn.ts";
import { type Candidate, type ContainerRule, each, firstOf, type Rule } from "./rule.ts";

const mostContainers = 10;
const word = /^[A-Za-z0-9_-]{1,255}$/;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const image = /^[\w./:#@-]+$/;
const mostImage = 255;

const familyProblem: Rule = ({ family }) => {
  if (family === "") return "Family can not be blank.";
  return word.test(family) ? undefined : "Family contains invalid characters.";
};

const countProblem: Rule = ({ containerDefinitions: containers }) => {
  if (containers.length === 0) return "Container list cannot be empty.";
  return containers.length > mostContainers ? "Too many containers." : undefined;
};

const nameProblem: ContainerRule = ({ name }) => {
  if (!name) return "Container.name should not be null or empty.";
  return word.test(name) ? undefined : "Container.name contains invalid characters.";
};

const imageProblem: ContainerRule = (container) => {
  if (!container.image) return "Container.image should not be null or empty.";
  // A digest does not count.
  const [repository = ""] = container.image.split("@");
  const isValid = image.test(container.image) && repository.length <= mostImage;
  return isValid ? undefined : "Container.image contains invalid characters.";
};

function wholeProblem({ containerDefinitions: containers, taskRoleArn, executionRoleArn }: Candidate) {
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    return "Container names must be unique within a Task Definition.";
  }
  if (!containers.some(({ essential }) => essential)) {
    return "Task definition doesn't have any essential container.";
  }
  const roles = [taskRoleArn, executionRoleArn].filter((role) => role !== undefined);
  return roles.every(isRoleArn) ? undefined : "Role is not valid";
}

/** What a definition and its containers are called, and which containers there must be. */
export const nameRules: Rule = firstOf(familyProblem, countProblem, each(nameProblem, imageProblem), wholeProblem);
