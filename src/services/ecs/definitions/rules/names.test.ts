import { app, container, testRules } from "./rules.fixture.ts";

const many = Array.from({ length: 11 }, (_, index) => ({ ...app, name: `app${index}` }));

testRules(
  "names",
  [
    [{ family: "" }, "Family can not be blank."],
    [{ family: "a b" }, "Family contains invalid characters."],
    [{ containerDefinitions: [] }, "Container list cannot be empty."],
    [{ containerDefinitions: many }, "Too many containers."],
    [{ containerDefinitions: [{ image: "x", memory: 64 }] }, "Container.name should not be null or empty."],
    [container({ name: "a b" }), "Container.name contains invalid characters."],
    [{ containerDefinitions: [{ name: "app", memory: 64 }] }, "Container.image should not be null or empty."],
    [container({ image: "a b" }), "Container.image contains invalid characters."],
    [container({ image: "a".repeat(256) }), "Container.image contains invalid characters."],
    [{ containerDefinitions: [app, app] }, "Container names must be unique within a Task Definition."],
    [container({ essential: false }), "Task definition doesn't have any essential container."],
    [{ taskRoleArn: "arn:aws:iam::1:user/x" }, "Role is not valid"],
    [{ executionRoleArn: "arn:aws:iam::1:user/x" }, "Role is not valid"],
    [container({ command: ["a".repeat(65_536)] }), "Actual length: '65635'. Max allowed length is '65536' bytes."],
    [{ tags: [] }, "Tags can not be empty."],
  ],
  [
    { containerDefinitions: many.slice(1) },
    { taskRoleArn: "app", executionRoleArn: "arn:aws:iam::111122223333:role/service-role/execution" },
    container({ image: `registry.example:5000/team/app@sha256:${"0".repeat(64)}` }),
  ],
);
