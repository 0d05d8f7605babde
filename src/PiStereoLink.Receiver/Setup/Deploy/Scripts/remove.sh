# Takes away what deploy has brought. $1: yes keeps who this installation is (its key, its pairing, its spool).
unit=pistereolink-agent.service
systemctl disable --now "$unit" 2>/dev/null
rm -rf "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.d"
systemctl daemon-reload
systemctl reset-failed "$unit" 2>/dev/null
rm -rf /etc/pistereolink
if [ "$1" != yes ]; then
    rm -rf /var/lib/private/pistereolink /var/lib/pistereolink
fi
rm -rf /opt/pistereolink
