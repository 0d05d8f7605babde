# Takes a picture with the camera program $1 and leaves it in a file whose name is the last line.
file=$(mktemp -d)/test.jpg
case $1 in
    raspistill) timeout 60 raspistill -v -n -t 2000 -o "$file" ;;
    *) timeout 60 "$1" -n -t 2000 -o "$file" ;;
esac >"$file.log" 2>&1 || {
    status=$?
    cat "$file.log" >&2
    rm -rf "$(dirname "$file")"
    exit "$status"
}
echo "$file"
