"""Runware's request as programs: store the files, submit a task, ask by its number, download each take."""

from __future__ import annotations

from components.providers.declarations import Programs
from components.providers.program_text import Slot

NUMBER = Slot("NUMBER", "number")
"""Made by the program itself, anew each time it runs."""
PYTHON = '''
KEY = {"Authorization": "Bearer " + os.environ["RUNWARE_API_KEY"]}
NUMBER = str(uuid.uuid4())


def ask(task):
    """What Runware answers to one task."""
    answer = requests.post("@API@", headers=KEY, json=[task], timeout=60)
    found = answer.json()
    if not answer.ok or (found.get("errors") and not found.get("data")):
        raise SystemExit(f"HTTP {answer.status_code}: {answer.text[:500]}")
    return found


@HELPER@


ask(
    @BODY@
)
print("Asking for", NUMBER)
urls = []
while len(urls) < @COUNT@:
    time.sleep(3)
    found = ask({"taskType": "getResponse", "taskUUID": NUMBER})
    urls = [item["videoURL"] for item in found.get("data", []) if item.get("videoURL")]
    if found.get("errors"):
        print("Some failed:", found["errors"])
        break

for number, url in enumerate(urls, 1):
    video = requests.get(url, timeout=300)
    video.raise_for_status()
    with open(f"video-{number}.@SUFFIX@", "wb") as file:
        file.write(video.content)
    print(f"Saved video-{number}.@SUFFIX@")
'''

HELPER = '''
def upload(path, media_type):
    """The number under which Runware keeps a file."""
    with open(path, "rb") as file:
        media = f"data:{media_type};base64,{base64.b64encode(file.read()).decode()}"
    task = {"taskType": "mediaStorage", "taskUUID": str(uuid.uuid4())}
    stored = ask(task | {"operation": "upload", "media": media})["data"][0].get("mediaUUID", "1")
    while stored == "1":  # it is still being taken
        time.sleep(1)
        stored = ask(task | {"taskType": "getResponse"})["data"][0].get("mediaUUID", "1")
    return stored
'''

CURL = r"""
ask() {
  answer=$(curl -sS --fail-with-body -H "Authorization: Bearer $RUNWARE_API_KEY" \
    -H "Content-Type: application/json" --data-binary @- @API@) ||
    { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s' "$answer"
}
fields() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | cut -d '"' -f 4 | sed 's#\\/#/#g'; }
uuid() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n' |
    sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\)$/\1-\2-4\3-a\4-\5/'
}
number=$(uuid)
@HELPER@
@FILES@

body=@BODY@

answer=$(printf '[%s]' "$body" | ask)
echo "Asking for $number"
made=0
while [ "$made" -lt @COUNT@ ]; do
  sleep 3
  answer=$(printf '[{"taskType": "getResponse", "taskUUID": "%s"}]' "$number" | ask)
  urls=$(printf '%s' "$answer" | fields videoURL)
  made=$(printf '%s\n' "$urls" | grep -c . || true)
  case $answer in *'"errors"'*) printf '%s\n' "$answer" >&2; break ;; esac
done
take=0
for url in $urls; do
  take=$((take + 1))
  curl -sSfL -o "video-$take.@SUFFIX@" "$url"
  echo "Saved video-$take.@SUFFIX@"
done
"""

CURL_HELPER = r"""
upload() {
  task=$(uuid)
  answer=$({
    printf '[{"taskType": "mediaStorage", "taskUUID": "%s", "operation": "upload", "media": "data:%s;base64,' \
      "$task" "$2"
    base64 < "$1" | tr -d '\n'
    printf '"}]'
  } | ask)
  stored=$(printf '%s' "$answer" | fields mediaUUID)
  while [ "${stored:-1}" = 1 ]; do # it is still being taken
    sleep 1
    answer=$(printf '[{"taskType": "getResponse", "taskUUID": "%s"}]' "$task" | ask)
    stored=$(printf '%s' "$answer" | fields mediaUUID)
  done
  printf '%s' "$stored"
}
"""

PROGRAMS = Programs(PYTHON, CURL, HELPER, CURL_HELPER)
