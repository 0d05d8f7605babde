# Pairs this machine with the receiver, for the service, which has been stopped. $1: the node's name. $2: the agent's folder.
# stdin: the token, which no list of processes shows so.
set -e
umask 077
state=/var/lib/pistereolink
# Before the service's first start. systemd takes the folder over then, to where it keeps those of users that exist only
# while their service runs, and gives what is in it to that user.
[ -e "$state" ] || mkdir -m 700 "$state"
cd "$state/"
/opt/pistereolink/"$2"/PiStereoLink.Agent join - --state . --node "$1"
# From the second start on it has an owner already.
chown -hR --reference=. .
