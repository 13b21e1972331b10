"""AI/ML API's request as programs: the portrait inside, the voice by its address; submit, ask, download."""

from __future__ import annotations

from components.providers.declarations import Programs

PYTHON = '''
KEY = {"Authorization": "Bearer " + os.environ["AIMLAPI_API_KEY"]}
VIDEOS = "@VIDEOS@"


def checked(answer):
    """Ends with the provider's own words where it refuses."""
    if not answer.ok:
        raise SystemExit(f"HTTP {answer.status_code}: {answer.text[:500]}")
    return answer


@HELPER@


body = @BODY@

number = checked(requests.post(VIDEOS, headers=KEY, json=body, timeout=60)).json()["id"]
print("Asking for", number)
while True:
    found = checked(requests.get(VIDEOS, headers=KEY, params={"generation_id": number}, timeout=60)).json()
    if found["status"] in @COMPLETED@:
        break
    if found["status"] in @FAILED@:
        raise SystemExit(f"It failed: {found.get('error')}")
    time.sleep(5)

video = checked(requests.get(found["video"]["url"], timeout=300))
with open("video.mp4", "wb") as file:
    file.write(video.content)
print("Saved video.mp4")
'''

HELPER = '''
def inside(path, media_type):
    """A file as a data URI, which travels inside the request."""
    with open(path, "rb") as file:
        return f"data:{media_type};base64,{base64.b64encode(file.read()).decode()}"
'''

CURL = r"""
ask() {
  answer=$(curl -sS --fail-with-body -H "Authorization: Bearer $AIMLAPI_API_KEY" "$@") ||
    { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s' "$answer"
}
field() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4 | sed 's#\\/#/#g'; }
@HELPER@
@FILES@

body=@BODY@

answer=$(printf '%s' "$body" | ask -H "Content-Type: application/json" --data-binary @- @VIDEOS@)
number=$(printf '%s' "$answer" | field id)
echo "Asking for $number"
while :; do
  sleep 5
  answer=$(ask -G --data-urlencode "generation_id=$number" @VIDEOS@)
  case $(printf '%s' "$answer" | field status) in
    @COMPLETEDCASE@) break ;;
    @FAILEDCASE@) printf '%s\n' "$answer" >&2; exit 1 ;;
  esac
done
curl -sSfL -o video.mp4 "$(printf '%s' "$answer" | field url)"
echo "Saved video.mp4"
"""

CURL_HELPER = r"""
inside() { printf 'data:%s;base64,' "$2"; base64 < "$1" | tr -d '\n'; }
"""

PROGRAMS = Programs(PYTHON, CURL, HELPER, CURL_HELPER)
