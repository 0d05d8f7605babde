# Switches the camera on; a reboot makes it count. $1: the system's number (10 is Buster). $2: config.txt.
set -e
if [ "$1" = 10 ]; then
    raspi-config nonint do_camera 0
elif grep -q '^camera_auto_detect=' "$2"; then
    sed -i 's/^camera_auto_detect=.*/camera_auto_detect=1/' "$2"
else
    printf '\n[all]\ncamera_auto_detect=1\n' >>"$2"
fi
sync
