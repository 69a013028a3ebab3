import type { LinuxParameters } from "@aws-sdk/client-ecs";
import { container, testRules } from "./rules.fixture.ts";

const linux = (linuxParameters: LinuxParameters) => container({ linuxParameters });
const control = (namespace: string, value = "1") => container({ systemControls: [{ namespace, value }] });
const refusedControl = "Invalid 'systemControls' setting for container 'app'.";
const size = "Size of a tmpfs of container 'app' is invalid. The size is required and must be a positive integer.";

testRules(
  "linux parameters",
  [
    [
      linux({ capabilities: { add: ["CAP_SYS_ADMIN"] } }),
      "Invalid 'linuxParameters.capabilities' setting for container 'app'. Unknown capability: 'CAP_SYS_ADMIN'",
    ],
    [linux({ sharedMemorySize: -1 }), "Invalid 'sharedMemorySize' setting for container 'app'."],
    [linux({ maxSwap: -1 }), "Invalid 'maxSwap' setting for container 'app'."],
    [linux({ swappiness: 101 }), "Invalid 'swappiness' setting for container 'app'."],
    [linux({ tmpfs: [{ containerPath: "/x", size: 0 }] }), size],
    [linux({ tmpfs: [{ containerPath: "/x", size: -5 }] }), size],
    [
      linux({ tmpfs: [{ containerPath: "x", size: 1 }] }),
      "Invalid 'tmpfs' setting for container 'app'. The container path must be absolute.",
    ],
    [
      linux({ tmpfs: [{ containerPath: "/x", size: 1, mountOptions: ["fast"] }] }),
      "Invalid 'tmpfs' setting for container 'app'. Unknown mount option: 'fast'",
    ],
    [linux({ devices: [{ hostPath: "" }] }), "Invalid 'devices' setting for container 'app'."],
    [
      container({ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] }),
      "Soft limit exceeds hard limit for ulimit nofile",
    ],
    [
      container({ ulimits: [{ name: "core", softLimit: -2, hardLimit: 1 }] }),
      "Invalid 'ulimits' setting for container 'app'.",
    ],
    [
      container({
        ulimits: [
          { name: "core", softLimit: 0, hardLimit: 0 },
          { name: "core", softLimit: 1, hardLimit: 1 },
        ],
      }),
      "Invalid 'ulimits' setting for container 'app'. Duplicate ulimit: 'core'",
    ],
    [control("vm.max_map_count"), `${refusedControl} 'vm.max_map_count' is not a supported namespace.`],
    [control("net.core.somaxconn", ""), `${refusedControl} 'net.core.somaxconn' has no value.`],
    [
      { ...control("net.core.somaxconn"), networkMode: "host" },
      `${refusedControl} 'net.core.somaxconn' is not supported when networkMode=host.`,
    ],
    [
      { ...control("kernel.shmmax"), ipcMode: "host" },
      `${refusedControl} 'kernel.shmmax' is not supported when ipcMode=host.`,
    ],
  ],
  [
    linux({
      capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] },
      maxSwap: 0,
      swappiness: 0,
      tmpfs: [{ containerPath: "/run", size: 1, mountOptions: ["noexec", "mode=0700", "uid=10001"] }],
      devices: [{ hostPath: "/dev/fuse" }],
    }),
    container({ ulimits: [{ name: "memlock", softLimit: -1, hardLimit: -1 }] }),
    control("net.core.somaxconn"),
    control("fs.mqueue.msg_max"),
  ],
);
