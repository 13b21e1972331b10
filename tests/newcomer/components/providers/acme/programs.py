"""Acme's request as programs: submit, ask, download."""

from __future__ import annotations

from components.providers.declarations import Programs

PYTHON = '''
KEY = {"X-Acme-Token": os.environ["ACME_TOKEN"]}
VIDEOS = "@VIDEOS@"


def checked(answer):
    """Ends with the provider's own words where it refuses."""
    if not answer.ok:
        raise SystemExit(f"HTTP {answer.status_code}: {answer.text[:500]}")
    return answer


body = @BODY@

number = checked(requests.post(VIDEOS, headers=KEY, json=body, timeout=60)).json()["id"]
print("Asking for", number)
while True:
    found = checked(requests.get(f"{VIDEOS}/{number}", headers=KEY, timeout=60)).json()
    if found["state"] == "done":
        break
    if found["state"] == "failed":
        raise SystemExit(f"It failed: {found.get('message')}")
    time.sleep(5)

video = checked(requests.get(found["url"], timeout=300))
with open("video.mp4", "wb") as file:
    file.write(video.content)
print("Saved video.mp4")
'''

CURL = r"""
ask() {
  answer=$(curl -sS --fail-with-body -H "X-Acme-Token: $ACME_TOKEN" "$@") ||
    { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s' "$answer"
}
field() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4 | sed 's#\\/#/#g'; }

body=@BODY@

answer=$(printf '%s' "$body" | ask -H "Content-Type: application/json" --data-binary @- @VIDEOS@)
number=$(printf '%s' "$answer" | field id)
echo "Asking for $number"
while :; do
  sleep 5
  answer=$(ask "@VIDEOS@/$number")
  case $(printf '%s' "$answer" | field state) in
    done) break ;;
    failed) printf '%s\n' "$answer" >&2; exit 1 ;;
  esac
done
curl -sSfL -o video.mp4 "$(printf '%s' "$answer" | field url)"
echo "Saved video.mp4"
"""

PROGRAMS = Programs(PYTHON, CURL)
