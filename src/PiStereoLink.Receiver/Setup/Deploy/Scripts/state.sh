# How the agent is doing: lines KEY=VALUE, files in base64.
say() { printf '%s=%s\n' "$1" "$2"; }
unit=pistereolink-agent.service
systemctl show -p ActiveState,SubState,NRestarts,UnitFileState "$unit" 2>/dev/null
say agent "$(readlink /opt/pistereolink/agent 2>/dev/null)"
[ ! -f /var/lib/pistereolink/status.json ] || say status "$(base64 -w 0 </var/lib/pistereolink/status.json)"
[ ! -f /var/lib/pistereolink/paired-receiver ] || say pairing "$(base64 -w 0 </var/lib/pistereolink/paired-receiver)"
if command -v vcgencmd >/dev/null; then
    say temperature "$(vcgencmd measure_temp 2>/dev/null | sed 's/temp=//')"
    say throttled "$(vcgencmd get_throttled 2>/dev/null | sed 's/throttled=//')"
elif [ -r /sys/class/thermal/thermal_zone0/temp ]; then
    say temperature "$(awk '{ printf "%.1f'"'"'C", $1 / 1000 }' /sys/class/thermal/thermal_zone0/temp)"
fi
say free_kb "$(df -Pk /var/lib | awk 'NR == 2 { print $4 }')"
say log "$(journalctl -u "$unit" -n "${1:-50}" --no-pager -o cat 2>/dev/null | base64 -w 0)"
