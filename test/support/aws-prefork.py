"""The aws CLI, version 1, loaded once: each line of the input is a call, which runs in a child process of its own.

A call is {"id": 1, "words": [...], "env": {...}, "out": path, "err": path}; its answer is a line with the id and the exit code.
"""
import json
import os
import sys
import threading
import traceback

import awscli.clidriver


def call(words, env, out, err):
    # The CLI says with its import where its data is.
    data = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update({**env, "AWS_DATA_PATH": data})
    for path, descriptor in ((os.devnull, 0), (out, 1), (err, 2)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["aws", *words]
    code = 255
    try:
        code = awscli.clidriver.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def tell(call_id, pid):
    _, status = os.waitpid(pid, 0)
    os.write(1, f"{call_id} {os.waitstatus_to_exitcode(status)}\n".encode())


for line in sys.stdin:
    asked = json.loads(line)
    pid = os.fork()
    if pid == 0:
        call(asked["words"], asked["env"], asked["out"], asked["err"])
    threading.Thread(target=tell, args=(asked["id"], pid), daemon=True).start()
