#!/bin/bash
# The desk's side of a test: a network of its own with one cable to the board, a hosts file, an empty ~/.ssh.
# It lives until its stdin ends, and the board with it. The test's programs enter by `nsenter --net --mount`.
# Usage: unshare --mount --net --propagation private bash desk.sh FOLDER (settings of board.sh in the environment)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
work=$1

mount -t tmpfs -o mode=755 test-pi "$work"
mkdir "$work/desk" "$work/desk/upper" "$work/desk/work"

# An own home, for ssh looks in the one that /etc/passwd names, whatever $HOME says. What is written there stays here.
home=$(getent passwd 0 | cut -d : -f 6)
mount -t overlay -o "lowerdir=$home,upperdir=$work/desk/upper,workdir=$work/desk/work" desk "$home"
rm -rf "$home/.ssh"

printf '127.0.0.1 localhost\n%s raspberrypi.local raspberrypi\n' "$PI_ADDRESS" >"$work/desk/hosts"
mount --bind "$work/desk/hosts" /etc/hosts
: >"$work/desk/resolv.conf" # nobody to ask: an unknown name is known to be unknown at once
mount --bind "$work/desk/resolv.conf" /etc/resolv.conf

ip link set lo up
ip link add cable type veth peer name board
ip address add "$DESK_ADDRESS/24" dev cable
ip link set cable up

mkfifo "$work/plugged"
exec 4< <(exec unshare --mount --net --uts --pid --fork --kill-child --propagation private bash "$here/board.sh" "$work" <"$work/plugged")
board=$!
trap 'kill -KILL "$board" 2>/dev/null || true' EXIT
exec 3>"$work/plugged"
init=
until [[ $init ]]; do init=$(cat "/proc/$board/task/$board/children"); done
init=${init%% *}
# unshare has its new network before it forks, so the child is in it.
ip link set board netns "$init"
echo plugged >&3

# The end of that stream is the end of the board, which has said why.
line=
until [[ $line == ready ]]; do read -r line <&4 || exit 1; done
echo "ready $$ $init"
cat >/dev/null
