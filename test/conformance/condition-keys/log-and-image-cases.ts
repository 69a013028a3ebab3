import { cases } from "./case.ts";

const tags = { team: "web" };
const lifecyclePolicyText = JSON.stringify({
  rules: [
    {
      ...{ rulePriority: 1, description: "one image is enough", action: { type: "expire" } },
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
    },
  ],
});
const time = { startTime: 0, endTime: 2_000_000_000 };

export const logAndImageCases = [
  ...cases("logs:CreateLogGroup", ({ logs }) => logs.createLogGroup({ logGroupName: "new", tags }), [
    ["aws:RequestTag/team", "StringEquals", "web", "db"],
    ["aws:TagKeys", "ForAllValues:StringEquals", "team", "stage"],
  ]),
  ...cases(
    "logs:StartQuery",
    ({ logs }) => logs.startQuery({ ...time, logGroupName: "app", queryString: "fields @message" }),
    [["aws:ResourceTag/team", "StringEquals", "web", "db"]],
  ),
  ...cases("logs:FilterLogEvents", ({ logs }) => logs.filterLogEvents({ logGroupName: "app" }), [
    ["aws:ResourceTag/team", "StringEquals", "web", "db"],
  ]),
  ...cases(
    "logs:TagResource",
    ({ logs }) => logs.tagResource({ resourceArn: "arn:aws:logs:us-east-1:111122223333:log-group:app", tags }),
    [
      ["aws:RequestTag/team", "StringEquals", "web", "db"],
      ["aws:ResourceTag/team", "StringEquals", "web", "db"],
      ["aws:TagKeys", "ForAllValues:StringEquals", "team", "stage"],
    ],
  ),
  ...cases(
    "ecr:CreateRepository",
    ({ ecr }) => ecr.createRepository({ repositoryName: "new", tags: [{ Key: "team", Value: "web" }] }),
    [
      ["aws:RequestTag/team", "StringEquals", "web", "db"],
      ["aws:TagKeys", "ForAllValues:StringEquals", "team", "stage"],
    ],
  ),
  ...cases(
    "ecr:PutLifecyclePolicy",
    ({ ecr }) => ecr.putLifecyclePolicy({ repositoryName: "app", lifecyclePolicyText }),
    [
      ["aws:ResourceTag/team", "StringEquals", "web", "db"],
      ["ecr:ResourceTag/team", "StringEquals", "web", "db"],
    ],
  ),
  ...cases("ecr:ListImages", ({ ecr }) => ecr.listImages({ repositoryName: "app" }), [
    ["ecr:ResourceTag/team", "StringEquals", "web", "db"],
  ]),
];
