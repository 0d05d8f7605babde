# Part of board.sh: makes $root look like the Raspberry Pi OS of $PI_GENERATION, with its user, sudo, sshd and camera.

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

case $PI_GENERATION in
    buster) number=10 ;;
    bullseye) number=11 ;;
    bookworm) number=12 ;;
    trixie) number=13 ;;
esac
rm -f "$root/etc/os-release"
cat >"$root/etc/os-release" <<END
PRETTY_NAME="Debian GNU/Linux $number ($PI_GENERATION)"
NAME="Debian GNU/Linux"
VERSION_ID="$number"
VERSION="$number ($PI_GENERATION)"
VERSION_CODENAME=$PI_GENERATION
ID=debian
END
echo 'Raspberry Pi reference 2024-11-19' >"$root/etc/rpi-issue"
rm -f "$root/etc/hostname" "$root/etc/hosts"
echo raspberrypi >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 raspberrypi\n' >"$root/etc/hosts"

# Where the firmware looks for its settings, and what switches the camera on there.
config=$root/boot/firmware/config.txt
((number >= 12)) || config=$root/boot/config.txt
mkdir -p "$(dirname "$config")"
if ((number > 10)); then
    echo 'camera_auto_detect=1' >"$config"
else
    printf 'start_x=1\ngpu_mem=128\n' >"$config"
fi

# ---- The user, in the groups that Raspberry Pi OS gives, and sudo ----
for group in video render gpio; do inside groupadd --force --system "$group"; done
inside useradd --create-home --shell /bin/bash --groups sudo,video,render,gpio "$PI_USER"
echo "$PI_USER:$PI_PASSWORD" | inside chpasswd
touch "$root/home/$PI_USER/.sudo_as_admin_successful" # the first sudo leaves it there
if [[ $PI_SUDO == free ]]; then
    echo "$PI_USER ALL=(ALL) NOPASSWD: ALL" >"$root/etc/sudoers.d/010_pi-nopasswd"
    chmod 440 "$root/etc/sudoers.d/010_pi-nopasswd"
elif [[ $PI_SUDO == none ]]; then
    inside gpasswd --delete "$PI_USER" sudo >/dev/null
fi

# ---- sshd with Debian's own settings ----
cp "$root/usr/share/openssh/sshd_config" "$root/etc/ssh/sshd_config"
((number > 10)) || sed -i '/^Include /d' "$root/etc/ssh/sshd_config" # Buster's sshd knows no Include
inside id sshd >/dev/null 2>&1 || inside useradd --system --no-create-home --home-dir /run/sshd --shell /usr/sbin/nologin sshd
mkdir -p "$root/run/sshd"
ssh-keygen -q -t ed25519 -N '' -C root@raspberrypi -f "$root/etc/ssh/ssh_host_ed25519_key"

# ---- systemd's stand-in: PID 1 is no systemd here ----
for program in systemctl journalctl; do
    rm -f "$root/usr/bin/$program" "$root/bin/$program"
    install -m 755 "$here/systemctl.py" "$root/usr/bin/$program"
done
mkdir -p "$root/run/systemd/system" # how programs tell that systemd runs
rm -rf "$root"/etc/systemd/system/pistereolink*

# ---- The camera programs of that time, played by the simulated camera ----
case $PI_CAMERA:$number in
    none:*) names= ;;
    *:10) names='raspistill raspivid raspiyuv raspividyuv' ;;
    *:11) names='libcamera-vid libcamera-still' ;;
    *:12) names='rpicam-vid rpicam-still libcamera-vid libcamera-still' ;;
    *) names='rpicam-vid rpicam-still' ;;
esac
# The user cannot look into another's home, where .NET or this repository may lie.
if [[ $PI_DOTNET != /usr/* ]]; then
    mkdir -p "$root/usr/share/dotnet"
    mount --bind "$PI_DOTNET" "$root/usr/share/dotnet"
fi
[[ ! $names ]] || cp -r "$(dirname "$PI_SIMULATED_CAMERA")" "$root/usr/lib/simulated-camera"
for name in $names; do
    # A test can give it faults: PISTEREOLINK_SIM_FAULT=... in that file.
    cat >"$root/usr/bin/$name" <<END
#!/bin/bash
[ ! -e /etc/default/simulated-camera ] || { set -a; . /etc/default/simulated-camera; }
exec /usr/lib/simulated-camera/$(basename "$PI_SIMULATED_CAMERA") $name "\$@"
END
    chmod 755 "$root/usr/bin/$name"
done
