# Keeps the agent in use and the one before it. $@: their folders.
cd /opt/pistereolink || exit 0
for folder in agent-*; do
    for kept; do
        [ "$folder" != "$kept" ] || continue 2
    done
    rm -rf "$folder"
done
