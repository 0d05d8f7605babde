#!/usr/bin/python3
"""A stand-in for systemctl and journalctl in the test's Pi, where PID 1 is no systemd.

It runs what a unit file says, as the user that it names, starts it again where Restart= wants that, knows Type=notify,
and keeps what the program prints. It does not sandbox, does not know timers, sockets or dependencies.
"""
import glob, json, os, pwd, grp, re, shlex, signal, socket, subprocess, sys, time

UNITS, STATE, LINKS = ["/etc/systemd/system", "/lib/systemd/system"], "/run/units", "/etc/systemd/system"


def fail(sentence, status=1):
    print(sentence, file=sys.stderr)
    sys.exit(status)


def unit_name(name):
    return name if re.search(r"\.(service|target|timer|socket|path)$", name) else name + ".service"


def unit_file(name):
    return next((f"{folder}/{name}" for folder in UNITS if os.path.exists(f"{folder}/{name}")), None)


def settings(name):
    """Every setting of the unit and of its drop-ins, as a list of values; an empty one clears those before it."""
    found = {}
    for path in [unit_file(name)] + sorted(glob.glob(f"/etc/systemd/system/{name}.d/*.conf")):
        text = re.sub(r"\\\n", " ", open(path).read())
        for line in text.splitlines():
            if "=" in line and not line.lstrip().startswith(("#", ";")):
                key, value = (part.strip() for part in line.split("=", 1))
                found[key] = found.get(key, []) + [value] if value else []
    return found


def last(found, key, default=""):
    return (found.get(key) or [default])[-1]


def spelled_out(text, name):
    stem = name.rsplit(".", 1)[0]
    places = {"S": "/var/lib", "t": "/run", "C": "/var/cache", "n": name, "N": stem, "p": stem.split("@")[0], "i": stem.partition("@")[2], "%": "%"}
    return re.sub("%(.)", lambda match: places.get(match[1], match[0]), text)


def seconds(text, default):
    match = re.fullmatch(r"(\d+)\s*(ms|s|min|h|)", text.strip())
    return int(match[1]) * {"ms": 0.001, "s": 1, "": 1, "min": 60, "h": 3600}[match[2]] if match else default


def read_state(name):
    try:
        state = json.load(open(f"{STATE}/{name}.json"))
    except (OSError, ValueError):
        return {"ActiveState": "inactive", "SubState": "dead", "MainPID": 0, "NRestarts": 0, "Result": "success", "supervisor": 0}
    if state["supervisor"] and not os.path.exists(f"/proc/{state['supervisor']}"):
        state.update(ActiveState="failed", SubState="failed", MainPID=0, supervisor=0)
    return state


def write_state(name, **changes):
    state = {**read_state(name), **changes}
    with open(f"{STATE}/{name}.json.next", "w") as file:
        json.dump(state, file)
    os.rename(f"{STATE}/{name}.json.next", f"{STATE}/{name}.json")


# ---- Running ----

def environment(found, name):
    variables = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "INVOCATION_ID": os.urandom(16).hex()}
    for line in found.get("Environment", []):
        variables.update(word.split("=", 1) for word in shlex.split(spelled_out(line, name)))
    for path in found.get("EnvironmentFile", []):
        optional, path = path.startswith("-"), spelled_out(path.lstrip("-"), name)
        if optional and not os.path.exists(path):
            continue
        for line in open(path):
            if "=" in line and not line.lstrip().startswith(("#", ";")):
                key, value = line.strip().split("=", 1)
                variables[key] = shlex.split(value)[0] if value[:1] in "\"'" and value else value
    return variables


def with_variables(words, variables):
    """$NAME as a word of its own becomes words, ${NAME} becomes part of its word, $$ a dollar."""
    for word in words:
        if re.fullmatch(r"\$[A-Za-z_]\w*", word):
            yield from variables.get(word[1:], "").split()
        else:
            yield re.sub(r"\$\$|\$\{(\w+)\}", lambda match: variables.get(match[1], "") if match[1] else "$", word)


def user_of(found):
    """Whom it runs as: (uid, gid, further groups). A dynamic user gets a number of its own."""
    name = last(found, "User", "root")
    further = [grp.getgrnam(group).gr_gid for line in found.get("SupplementaryGroups", []) for group in line.split()]
    try:
        known = pwd.getpwnam(name)
        return known.pw_uid, known.pw_gid, further + os.getgrouplist(name, known.pw_gid)
    except KeyError:
        if last(found, "DynamicUser") not in ("yes", "true"):
            raise SystemExit(f"Failed to determine user credentials: No such user {name}")
        return 61184, 61184, further


def folders(found, name, variables, uid, gid):
    for kind, place in ("State", "/var/lib"), ("Runtime", "/run"), ("Cache", "/var/cache"), ("Logs", "/var/log"), ("Configuration", "/etc"):
        made = [f"{place}/{one}" for line in found.get(f"{kind}Directory", []) for one in spelled_out(line, name).split()]
        for path in made:
            os.makedirs(path, exist_ok=True)
            os.chmod(path, int(last(found, f"{kind}DirectoryMode", "0755"), 8))
            if kind != "Configuration":
                for below, _, files in os.walk(path):
                    for one in [below] + [os.path.join(below, file) for file in files]:
                        os.chown(one, uid, gid, follow_symlinks=False)
        if made:
            variables[f"{kind.upper()}_DIRECTORY"] = ":".join(made)


def supervise(name):
    """Detached: runs the program, again and again if it is to be, until `stop` ends this process by SIGTERM."""
    stopping = []
    child = None

    def stop(*_):
        stopping.append(True)
        if child and child.poll() is None:
            child.send_signal(getattr(signal, last(found, "KillSignal", "SIGTERM")))

    found = settings(name)
    signal.signal(signal.SIGTERM, stop)
    log = open(f"{STATE}/{name}.log", "ab", buffering=0)
    write_state(name, supervisor=os.getpid(), ActiveState="activating", SubState="start", NRestarts=0, Result="success")
    while not stopping:
        result = 0
        try:
            variables = environment(found, name)
            uid, gid, further = user_of(found)
            folders(found, name, variables, uid, gid)
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            notify = f"{STATE}/{name}.notify"
            if os.path.exists(notify):
                os.unlink(notify)
            listener.bind(notify)
            os.chmod(notify, 0o777)
            notified = last(found, "Type", "simple") == "notify"
            if notified:
                variables["NOTIFY_SOCKET"] = notify
            if last(found, "WatchdogSec"):
                variables["WATCHDOG_USEC"] = str(int(seconds(last(found, "WatchdogSec"), 0) * 1e6))
            command = list(with_variables(shlex.split(spelled_out(last(found, "ExecStart"), name).lstrip("-@:+!")), variables))
            child = subprocess.Popen(command, env=variables, cwd=spelled_out(last(found, "WorkingDirectory", "/").lstrip("-"), name),
                                     stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, user=uid, group=gid,
                                     extra_groups=further, umask=int(last(found, "UMask", "0022"), 8))
            write_state(name, MainPID=child.pid, **({} if notified else {"ActiveState": "active", "SubState": "running"}))
            listener.settimeout(0.05)
            while child.poll() is None:
                try:
                    if b"READY=1" in listener.recv(4096) and notified:
                        write_state(name, ActiveState="active", SubState="running")
                except TimeoutError:
                    pass
            result = child.returncode
        except (OSError, SystemExit, KeyError) as problem:
            log.write(f"{name}: {problem}\n".encode())
            result = 203
        log.write(f"{name}: Main process exited, status={result}\n".encode())
        restart = last(found, "Restart", "no")
        if stopping or not (restart == "always" or restart == "on-failure" and result):
            break
        write_state(name, ActiveState="activating", SubState="auto-restart", MainPID=0, NRestarts=read_state(name)["NRestarts"] + 1, Result="exit-code")
        end = time.monotonic() + seconds(last(found, "RestartSec", "100ms"), 0.1)
        while not stopping and time.monotonic() < end:
            time.sleep(0.05)
    failed = not stopping and result != 0
    write_state(name, ActiveState="failed" if failed else "inactive", SubState="failed" if failed else "dead", MainPID=0, supervisor=0, Result="exit-code" if failed else "success")


def start(name):
    if unit_file(name) is None:
        fail(f"Failed to start {name}: Unit {name} not found.", 5)
    if read_state(name)["supervisor"]:
        return
    os.makedirs(STATE, exist_ok=True)
    if os.fork() == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in 0, 1, 2:
            os.dup2(quiet, stream)
        os.closerange(3, 64)
        supervise(name)
        os._exit(0)
    end = time.monotonic() + seconds(last(settings(name), "TimeoutStartSec"), 90)
    while time.monotonic() < end:
        state = read_state(name)
        if state["ActiveState"] == "active" or state["ActiveState"] == "inactive" and state["Result"] == "success" and os.path.exists(f"{STATE}/{name}.json"):
            return
        if state["ActiveState"] == "failed" or state["SubState"] == "auto-restart":
            break
        time.sleep(0.02)
    fail(f"Job for {name} failed because the control process exited with error code.\nSee \"systemctl status {name}\" and \"journalctl -xeu {name}\" for details.")


def stop(name):
    supervisor, child = read_state(name)["supervisor"], read_state(name)["MainPID"]
    if not supervisor:
        return
    os.kill(supervisor, signal.SIGTERM)
    end = time.monotonic() + seconds(last(settings(name), "TimeoutStopSec") if unit_file(name) else "", 90)
    while os.path.exists(f"/proc/{supervisor}"):
        if child and time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.02)


def reload(name):
    if name in ("ssh.service", "sshd.service"):
        os.kill(int(open("/run/sshd.pid").read()), signal.SIGHUP)
    elif read_state(name)["MainPID"]:
        os.kill(read_state(name)["MainPID"], signal.SIGHUP)


def wanted(name):
    return [spelled_out(target, name) for line in settings(name).get("WantedBy", []) for target in line.split()]


def enable(name):
    if unit_file(name) is None:
        fail(f"Failed to enable unit: Unit file {name} does not exist.")
    for target in wanted(name):
        os.makedirs(f"{LINKS}/{target}.wants", exist_ok=True)
        link = f"{LINKS}/{target}.wants/{name}"
        if not os.path.lexists(link):
            os.symlink(unit_file(name), link)
            print(f"Created symlink {link} → {unit_file(name)}.", file=sys.stderr)


def disable(name):
    for link in glob.glob(f"{LINKS}/*.wants/{name}"):
        os.unlink(link)
        print(f'Removed "{link}".', file=sys.stderr)
        if not os.listdir(os.path.dirname(link)):
            os.rmdir(os.path.dirname(link))


def show(name, properties):
    state = {key: value for key, value in read_state(name).items() if key != "supervisor"}
    state.update(Id=name, LoadState="loaded" if unit_file(name) else "not-found", FragmentPath=unit_file(name) or "",
                 UnitFileState="enabled" if glob.glob(f"{LINKS}/*.wants/{name}") else "disabled" if unit_file(name) else "")
    return {key: state.get(key, "") for key in properties} if properties else state


def log_of(name):
    try:
        return open(f"{STATE}/{name}.log", errors="replace").read().splitlines()
    except OSError:
        return []


def journal(arguments):
    name = next((unit_name(after) for before, after in zip(arguments, arguments[1:]) if before in ("-u", "--unit")), None)
    name = name or next((unit_name(word.split("=", 1)[1]) for word in arguments if word.startswith("--unit=")), None)
    count = next((int(word) for before, word in zip(arguments, arguments[1:]) if before in ("-n", "--lines") and word.isdigit()), None)
    lines = log_of(name) if name else []
    print("\n".join(lines[-count:] if count is not None else lines) or "-- No entries --", flush=True)
    if "-f" in arguments or "--follow" in arguments:
        os.execvp("tail", ["tail", "-n", "0", "-F", f"{STATE}/{name}.log"])


def main(arguments):
    if os.path.basename(sys.argv[0]) == "journalctl":
        return journal(arguments)
    words = [word for word in arguments if not word.startswith("-")]
    flags = [word for word in arguments if word.startswith("-")]
    wanted_properties = [one for word in flags if word.startswith("--property=") for one in word.split("=", 1)[1].split(",")]
    for short in [word for word in flags if word == "-p"]:
        value = arguments[arguments.index(short) + 1]
        words.remove(value)
        wanted_properties += value.split(",")
    verb, names = words[0] if words else "list-units", [unit_name(word) for word in words[1:]]
    if verb in ("start", "stop", "restart", "reload", "enable", "disable", "daemon-reload", "try-restart", "reload-or-restart", "reset-failed") and os.geteuid():
        fail(f"Failed to {verb} {' '.join(names)}: Interactive authentication required.", 4)
    if verb in ("daemon-reload", "reset-failed"):
        return
    if verb == "is-system-running":
        return print("running")
    for name in names:
        active = read_state(name)["ActiveState"]
        if name in ("ssh.service", "sshd.service"):
            active = "active"
        if verb == "start":
            start(name)
        elif verb == "stop":
            stop(name)
        elif verb == "restart" or verb == "try-restart" and active == "active":
            stop(name)
            start(name)
        elif verb in ("reload", "reload-or-restart"):
            reload(name)
        elif verb in ("enable", "disable"):
            enable(name) if verb == "enable" else disable(name)
            if "--now" in flags:
                start(name) if verb == "enable" else stop(name)
        elif verb == "is-active":
            print(active) if "--quiet" not in flags and "-q" not in flags else None
            sys.exit(0 if active == "active" else 3)
        elif verb == "is-enabled":
            state = show(name, ["UnitFileState"])["UnitFileState"]
            if not state:
                fail(f"Failed to get unit file state for {name}: No such file or directory")
            print(state) if "--quiet" not in flags and "-q" not in flags else None
            sys.exit(0 if state == "enabled" else 1)
        elif verb == "show":
            for key, value in show(name, wanted_properties).items():
                print(value if "--value" in flags else f"{key}={value}")
        elif verb == "cat":
            if unit_file(name) is None:
                fail(f"No files found for {name}.")
            print(f"# {unit_file(name)}\n{open(unit_file(name)).read()}")
        elif verb == "status":
            if unit_file(name) is None:
                fail(f"Unit {name} could not be found.", 4)
            shown = show(name, [])
            print(f"● {name}\n     Loaded: loaded ({shown['FragmentPath']}; {shown['UnitFileState']})\n     Active: {active} ({shown['SubState']})\n   Main PID: {shown['MainPID']}\n")
            print("\n".join(log_of(name)[-10:]))
            sys.exit(0 if active == "active" else 3)
        elif verb != "try-restart":
            fail(f"Unknown command verb {verb}.")


main(sys.argv[1:])
