"""The aws CLI, version 1, loaded once: each line of the input is a call, which runs in a child process of its own.

A call is {"id": 1, "words": [...], "env": {...}, "out": path, "err": path}; its answer is a line with the
list of the id and the exit code.
"""
import functools
import gc
import json
import os
import sys
import threading
import traceback

import awscli.clidriver
import awscli.handlers  # the CLI imports it only when it is called
from awscli.customizations import assumerole
from botocore.loaders import JSONFileLoader, Loader

# Children inherit what has been read. The CLI's own files do not change meanwhile.
load_file = JSONFileLoader.load_file
list_services = Loader.list_available_services


@functools.cache
def file_at(path):
    return load_file(JSONFileLoader(), path)


@functools.cache
def services_in(paths, kind):
    return list_services(Loader(list(paths), include_default_search_paths=False), kind)


JSONFileLoader.load_file = lambda self, file_path: file_at(file_path)
Loader.list_available_services = lambda self, type_name: services_in(tuple(self.search_paths), type_name)

# As most calls have it: the variables that name other files are read when they are called.
no_files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
os.environ.update(no_files)
driver = awscli.clidriver.create_clidriver()
commands = driver.create_help_command().command_table
loader = driver.session.get_component("data_loader")
new_driver = awscli.clidriver.create_clidriver


@functools.cache
def read(word):
    """Reads what a call needs if the word is the name of a service."""
    for kind in ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1"):
        if word in loader.list_available_services(kind):
            loader.load_data(os.path.join(word, loader.determine_latest_version(word, kind), kind))
    command = commands.get(word)
    if isinstance(command, awscli.clidriver.ServiceCommand):
        command.create_help_command()


def driver_of(env):
    """The driver that is there, or a new one for a call with files of its own."""
    shared = "AWS_PROFILE" not in env and all(env.get(name) == value for name, value in no_files.items())
    return driver if shared else new_driver()


for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
    loader.load_data(name)
gc.freeze()
gc.disable()


def call(words, env, out, err):
    # The CLI says with its import where its data is.
    data = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update({**env, "AWS_DATA_PATH": data})
    # The CLI says this with its import too, and with another home.
    assumerole.CACHE_DIR = os.path.expanduser("~/.aws/cli/cache")
    for path, descriptor in ((os.devnull, 0), (out, 1), (err, 2)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["aws", *words]
    awscli.clidriver.create_clidriver = lambda: driver_of(env)
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
    os.write(1, f"[{call_id}, {os.waitstatus_to_exitcode(status)}]\n".encode())


for line in sys.stdin:
    asked = json.loads(line)
    for word in asked["words"][:3]:
        read(word)
    pid = os.fork()
    if pid == 0:
        call(asked["words"], asked["env"], asked["out"], asked["err"])
    threading.Thread(target=tell, args=(asked["id"], pid), daemon=True).start()
