"""BHuman's request as programs: send the table, ask for each row's video, download them one by one."""

from __future__ import annotations

from components.providers.declarations import Programs

PYTHON = '''
API = "@API@"
KEY = (os.environ["BHUMAN_API_KEY_ID"], os.environ["BHUMAN_API_KEY_SECRET"])


def checked(answer):
    """The answer without its wrapping; ends with the provider's own words where it refuses."""
    found = answer.json()
    wrapped = isinstance(found, dict) and "result" in found
    if not answer.ok or (wrapped and found.get("code", 200) >= 400):
        raise SystemExit(f"HTTP {answer.status_code}: {answer.text[:500]}")
    return found["result"] if wrapped else found


body = @BODY@

rows = checked(requests.post(f"{API}/@ROUTE@", auth=KEY, json=body, timeout=60))
print("Asking for", *rows)
for number, row in enumerate(rows, 1):
    while True:
        found = checked(requests.get(f"{API}/generated_video_by_id", auth=KEY, params={"id": row}, timeout=60))
        found = found[0] if isinstance(found, list) else found
        if found["status"] in ("succeeded", "completed", "failed"):
            break
        time.sleep(5)
    if found["status"] == "failed":
        print(f"Row {number} failed")
        continue
    video = requests.get(found["url"], timeout=300)
    video.raise_for_status()
    with open(f"video-{number}.mp4", "wb") as file:
        file.write(video.content)
    print(f"Saved video-{number}.mp4")
'''

CURL = r"""
ask() {
  answer=$(curl -sS --fail-with-body -u "$BHUMAN_API_KEY_ID:$BHUMAN_API_KEY_SECRET" "$@") ||
    { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s' "$answer"
}
field() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4 | sed 's#\\/#/#g'; }

body=@BODY@

answer=$(printf '%s' "$body" | ask -H "Content-Type: application/json" --data-binary @- @API@/@ROUTE@)
rows=$(printf '%s' "$answer" | grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}') ||
  { printf '%s\n' "$answer" >&2; exit 1; }
number=0
for row in $rows; do
  number=$((number + 1))
  state=queued
  while [ "$state" != succeeded ] && [ "$state" != completed ] && [ "$state" != failed ]; do
    sleep 5
    answer=$(ask -G --data-urlencode "id=$row" @API@/generated_video_by_id)
    state=$(printf '%s' "$answer" | field status)
  done
  if [ "$state" = failed ]; then
    echo "Row $number failed"
    continue
  fi
  curl -sSfL -o "video-$number.mp4" "$(printf '%s' "$answer" | field url)"
  echo "Saved video-$number.mp4"
done
"""

PROGRAMS = Programs(PYTHON, CURL)
