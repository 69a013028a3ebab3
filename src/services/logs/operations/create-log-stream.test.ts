import assert from "node:assert/strict";
import { assertRefused, makeStream, place, testLogs } from "../logs.fixture.ts";

testLogs("CreateLogStream makes an empty stream", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const { logStreams } = await logs.describeLogStreams({ logGroupName: place.logGroupName });
  assert.deepEqual(
    logStreams!.map((stream) => ({ ...stream })),
    [
      {
        logStreamName: "web/1",
        creationTime: clock.now().getTime(),
        arn: "arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:web/1",
        storedBytes: 0,
      },
    ],
  );
});

testLogs("CreateLogStream refuses a name that is taken, and a group that is gone", async (setting) => {
  const { logs, onceAuthorised } = setting;
  await makeStream(setting);
  await assertRefused(
    logs.createLogStream(place),
    "ResourceAlreadyExistsException",
    "The specified log stream already exists",
  );
  await assertRefused(logs.createLogStream({ ...place, logStreamName: "a:b" }), "InvalidParameterException");
  await assertRefused(
    logs.createLogStream({ ...place, logGroupName: "other" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
  onceAuthorised(() => logs.deleteLogGroup({ logGroupName: place.logGroupName }));
  await assertRefused(
    logs.createLogStream({ ...place, logStreamName: "new" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
