# What this machine is, as its user sees it: lines KEY=VALUE. $1: the ports of the receiver; $2: addresses where it may be besides the one that ssh came from.
say() { printf '%s=%s\n' "$1" "$2"; }
for file in /proc/device-tree/model /sys/firmware/devicetree/base/model; do
    if [ -r "$file" ]; then
        say model "$(tr -d '\0' <"$file")"
        break
    fi
done
say name "$(uname -n)"
say machine "$(uname -m)"
say bits "$(getconf LONG_BIT)"
say glibc "$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d ' ' -f 2)"
say system "$(. /etc/os-release 2>/dev/null && printf '%s' "$PRETTY_NAME")"
say release "$(. /etc/os-release 2>/dev/null && printf '%s' "$VERSION_ID")"
say clock "$(date +%s)"
say free_kb "$(df -Pk /opt 2>/dev/null | awk 'NR == 2 { print $4 }')"
command -v systemctl >/dev/null && [ -d /run/systemd/system ] && say systemd yes
for group in video render gpio; do
    getent group "$group" >/dev/null && say group "$group"
done

# A runtime that the service can see, first the one that was brought along: homes are closed to it.
for dotnet in /opt/pistereolink/dotnet/dotnet "$(command -v dotnet)" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /opt/dotnet/dotnet; do
    [ -x "$dotnet" ] || continue
    dotnet=$(readlink -f "$dotnet")
    case $dotnet in /home/* | /root/*) continue ;; esac
    if "$dotnet" --list-runtimes 2>/dev/null | grep -q '^Microsoft\.NETCore\.App 10\.'; then
        say dotnet "$dotnet"
        break
    fi
done

# The receiver, tried from here. bash has a TCP client of its own; sh has none.
# An address with a zone means something else on the other side.
client=${SSH_CONNECTION%% *}
case $client in *%*) client= ;; esac
say client "$client"
for host in $client $2; do
    for port in $1; do
        if problem=$(timeout 6 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$host" "$port" 2>&1); then
            say reached "$host $port"
        else
            say missed "$host $port ${problem##*: }"
        fi
    done
done
