# Makes the service what it is to be, and starts it; it has been stopped. $1: the agent's folder. $2, $3, $4: unit, drop-in and settings in base64, an empty one for none.
set -e
umask 022
unit=pistereolink-agent.service
put() { # FILE BASE64
    if [ -z "$2" ]; then
        rm -f "$1"
        return
    fi
    [ "$(base64 -w 0 2>/dev/null <"$1")" != "$2" ] || return 0
    mkdir -p "$(dirname "$1")"
    printf '%s' "$2" | base64 -d >"$1.part"
    mv -f "$1.part" "$1"
}
cd /opt/pistereolink
put "/etc/systemd/system/$unit" "$2"
put "/etc/systemd/system/$unit.d/10-deploy.conf" "$3"
[ "$3" ] || rmdir "/etc/systemd/system/$unit.d" 2>/dev/null || true
put /etc/pistereolink/agent.env "$4"
if [ "$(readlink agent)" != "$1" ]; then
    # A folder of that name was put there by hand.
    if [ ! -L agent ] && [ -d agent ]; then
        rm -rf agent-by-hand
        mv -T agent agent-by-hand
    fi
    ln -s "$1" .agent.next
    mv -T .agent.next agent
fi
systemctl daemon-reload
systemctl enable "$unit" 2>/dev/null
# Not waited for: whether it sends is seen at the receiver.
systemctl start --no-block "$unit" || true
