# The studio as an image: the tested versions and nothing of the tests, run by a user who owns only the data.
#   docker build -t screentest .
#   docker run -p 127.0.0.1:8501:8501 -v screentest:/data -e STUDIO_OPEN=yes screentest
FROM python:3.13-slim AS build
COPY requirements.lock ./
RUN python -m venv /opt/python && \
    /opt/python/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin studio && \
    install --directory --owner=studio --group=studio --mode=700 /data
WORKDIR /studio
COPY --from=build /opt/python /opt/python
COPY app.py CHANGELOG.md LICENSE ./
COPY .streamlit/config.toml .streamlit/
COPY assets assets
COPY components components
COPY pages pages
# Others reach a container through its network only; whether they may without signing in is for who starts it to say.
ENV PATH=/opt/python/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORT=8501 STUDIO_ADDRESS=0.0.0.0 STUDIO_DATA_DIR=/data
USER studio
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=8)"]
CMD ["python", "app.py"]
