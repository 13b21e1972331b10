"""Segmind's request as programs: upload the files, submit on v2, ask until it is over, download."""

from __future__ import annotations

from components.providers.declarations import Programs

PYTHON = '''
API = "@API@"
KEY = {"x-api-key": os.environ["SEGMIND_API_KEY"]}


def checked(answer):
    """Ends with the provider's own words where it refuses."""
    if not answer.ok:
        raise SystemExit(f"HTTP {answer.status_code}: {answer.text[:500]}")
    return answer


@HELPER@


def address(found):
    """The video's address, wherever the model puts it."""
    if isinstance(found, list):
        return address(found[0])
    if isinstance(found, dict):
        return address(next(found[name] for name in @NAMES@ if found.get(name)))
    return found


body = @BODY@

answer = requests.post(f"{API}/v2/@SLUG@", headers=KEY, json=body, timeout=60)
if answer.status_code in (404, 405, 410):
    # Not on v2: nothing was started. v1 keeps the line open until the video is there.
    answer = checked(requests.post(f"{API}/v1/@SLUG@", headers=KEY, json=body, timeout=900))
else:
    request = f"{API}/v2/requests/{checked(answer).json()['request_id']}"
    print("Asking", request)
    state = "QUEUED"
    while state not in ("COMPLETED", "FAILED"):
        time.sleep(3)
        state = checked(requests.get(f"{request}/status", headers=KEY, timeout=60)).json()["status"]
    answer = checked(requests.get(request, headers=KEY, timeout=60))

if "json" in answer.headers["Content-Type"]:
    answer = checked(requests.get(address(answer.json()), timeout=300))
with open("video.mp4", "wb") as file:
    file.write(answer.content)
print("Saved video.mp4")
'''

HELPER = '''
def upload(path, media_type):
    """Segmind's own address of a file."""
    with open(path, "rb") as file:
        data = base64.b64encode(file.read()).decode()
    body = {"data_urls": [f"data:{media_type};base64,{data}"]}
    answer = checked(requests.post("@UPLOAD@", headers=KEY, json=body, timeout=60))
    answer = answer.json()
    return (answer.get("file_urls") or answer["urls"])[0]
'''

CURL = r"""
ask() {
  answer=$(curl -sS --fail-with-body -H "x-api-key: $SEGMIND_API_KEY" -H "Content-Type: application/json" "$@") ||
    { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s' "$answer"
}
field() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
addresses() { sed 's#\\/#/#g' | grep -oE 'https?://[^"]+'; }
@HELPER@
@FILES@

body=@BODY@

answer=$(printf '%s' "$body" | ask --data-binary @- @API@/v2/@SLUG@)
request=@API@/v2/requests/$(printf '%s' "$answer" | field request_id)
echo "Asking $request"
state=QUEUED
while [ "$state" != COMPLETED ] && [ "$state" != FAILED ]; do
  sleep 3
  answer=$(ask "$request/status")
  state=$(printf '%s' "$answer" | field status)
done
answer=$(ask "$request")
curl -sSfL -o video.mp4 "$(printf '%s' "$answer" | addresses | head -n 1)"
echo "Saved video.mp4"
"""

CURL_HELPER = r"""
upload() {
  answer=$({ printf '{"data_urls": ["data:%s;base64,' "$2"; base64 < "$1" | tr -d '\n'; printf '"]}'; } |
    ask --data-binary @- @UPLOAD@)
  printf '%s' "$answer" | addresses | head -n 1
}
"""

PROGRAMS = Programs(PYTHON, CURL, HELPER, CURL_HELPER)
