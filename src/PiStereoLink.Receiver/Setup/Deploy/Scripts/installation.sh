# What of ours lies on this machine, and its camera, as root sees it: lines KEY=VALUE, files in base64.
say() { printf '%s=%s\n' "$1" "$2"; }
file() { [ ! -f "$2" ] || say "$1" "$(base64 -w 0 <"$2")"; }
unit=pistereolink-agent.service
opt=/opt/pistereolink

say agent "$(readlink "$opt/agent" 2>/dev/null)"
[ -L "$opt/agent" ] || [ ! -d "$opt/agent" ] || say by_hand yes
for folder in "$opt"/agent-*; do
    [ ! -d "$folder" ] || say version "${folder##*/}"
done
file runtime "$opt/dotnet/.archive"
file unit "/etc/systemd/system/$unit"
file drop_in "/etc/systemd/system/$unit.d/10-deploy.conf"
file env /etc/pistereolink/agent.env
file pairing /var/lib/pistereolink/paired-receiver
say active "$(systemctl is-active "$unit" 2>/dev/null)"
say enabled "$(systemctl is-enabled "$unit" 2>/dev/null)"
main=$(systemctl show -p MainPID "$unit" 2>/dev/null | cut -d = -f 2)

# Who has the camera: a camera program, or whoever has its device open. Sound servers look at every video device and use none.
for process in /proc/[0-9]*; do
    pid=${process#/proc/}
    set -- $(tr '\0' ' ' <"$process/cmdline" 2>/dev/null)
    name=
    for word in "${1##*/}" "${2##*/}"; do
        case $word in
            rpicam-still | rpicam-vid | rpicam-hello | rpicam-jpeg | rpicam-raw | rpicam-detect) name=$word ;;
            libcamera-still | libcamera-vid | libcamera-hello | libcamera-jpeg | libcamera-raw | libcamera-detect) name=$word ;;
            raspistill | raspivid | raspiyuv | raspividyuv) name=$word ;;
        esac
    done
    case ${1##*/} in
        '' | pipewire | wireplumber | pulseaudio) ;;
        *) [ "$name" ] || ! ls -l "$process/fd" 2>/dev/null | grep -q ' /dev/video[0-9]*$' || name=${1##*/} ;;
    esac
    [ "$name" ] || continue
    parent=$(sed -n 's/^PPid:[^0-9]*//p' "$process/status" 2>/dev/null)
    if [ "${main:-0}" != 0 ] && { [ "$parent" = "$main" ] || [ "$pid" = "$main" ] || grep -q "/$unit" "$process/cgroup" 2>/dev/null; }; then
        say ours "$pid $name"
    else
        say holder "$pid $name"
    fi
done

for program in rpicam-still libcamera-still raspistill; do
    command -v "$program" >/dev/null || continue
    say program "$program"
    if [ "$program" = raspistill ]; then
        say cameras "$(vcgencmd get_camera 2>&1 | base64 -w 0)"
    else
        say cameras "$(timeout 30 "$program" --list-cameras 2>&1 | base64 -w 0)"
    fi
    break
done
for config in /boot/firmware/config.txt /boot/config.txt; do
    [ -f "$config" ] || continue
    say config "$config"
    file config_text "$config"
    break
done
