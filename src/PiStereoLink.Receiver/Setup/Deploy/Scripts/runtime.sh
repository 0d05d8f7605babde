# Unpacks a .NET runtime from stdin. $1: the SHA-256 of its archive.
set -e
umask 022
mkdir -p /opt/pistereolink
cd /opt/pistereolink
rm -rf .next
trap 'rm -rf /opt/pistereolink/.next' EXIT
mkdir .next
tar -x -z -o -f - -C .next || { echo 'it is no whole .tar.gz' >&2; exit 1; }
[ -x .next/dotnet ] || { echo 'there is no program dotnet in the archive' >&2; exit 1; }
chown -R 0:0 .next
.next/dotnet --list-runtimes | grep -q '^Microsoft\.NETCore\.App 10\.' || { echo 'the runtime in the archive is not .NET 10, or not for this processor' >&2; exit 1; }
printf '%s\n' "$1" >.next/.archive
sync
rm -rf dotnet
mv -T .next dotnet
