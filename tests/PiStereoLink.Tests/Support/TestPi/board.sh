#!/bin/bash
# The board's side of a test: this machine's system under a layer of its own, dressed up as Raspberry Pi OS, with
# sshd, sudo and a stand-in for systemd. PID 1 of its own processes: when it ends, all of them do.
# What the board has written lies in FOLDER/upper, which is how a test sees what changed.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
work=$1
root=$work/root

mkdir "$work/upper" "$work/work" "$root"
mount -t overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" pi "$root"

# ---- What a kernel brings ----
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs -o mode=755 firmware "$root/sys/firmware"
mkdir -p "$root/sys/firmware/devicetree/base"
printf '%s\0' "$PI_MODEL" >"$root/sys/firmware/devicetree/base/model"
mount -t tmpfs -o mode=755 dev "$root/dev"
for node in null zero full random urandom tty; do
    : >"$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"

# ---- The packages that make a server of it, unpacked into the layer and installed nowhere ----
rm -rf "$root/etc/ssh" "$root"/etc/sudoers*
for package in "$PI_PACKAGES"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
done

# ---- Raspberry Pi OS ----
. "$here/dress.sh"

# ---- The network, once the cable is plugged in ----
read -r _
hostname raspberrypi
ip link set lo up
ip link set board name eth0
ip address add "$PI_ADDRESS/24" dev eth0
ip link set eth0 up
ip route add default via "$DESK_ADDRESS"

chroot "$root" /usr/sbin/sshd

# As PID 1 this shell takes in what loses its parent.
exec chroot "$root" /bin/bash -c 'echo ready; exec >/dev/null; while :; do sleep 3600 & wait "$!"; done'
