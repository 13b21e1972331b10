"""The two balancers that the studio comes with files for: real programs, with the very files of `deploy/`."""

from __future__ import annotations

import datetime
import getpass
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sandbox_server import ROOT
from tests.studio_server import free_port

CADDY = str(Path(sys.executable).with_name("caddy"))
NGINX_PLACES = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"
"""Where nginx lies beside the PATH: Debian's is for the administrator's alone."""
MAIN = """
user {user};
pid {folder}/pid;
error_log stderr;
daemon off;
events {{}}
http {{
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/fastcgi;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
	include {folder}/studio.conf;
}}
"""


class Balancer(Protocol):
    """A program in front of the servers."""

    url: str
    host: str
    certificate: str | None
    """The file of the certificate that its visitors must trust; None where it serves without TLS."""
    variables: dict[str, str]

    def __init__(self, folder: Path, servers: Sequence[str]) -> None: ...

    @staticmethod
    def hashed(password: str) -> str:
        """The password as its own file takes it."""

    def command(self, values: dict[str, str]) -> list[str]:
        """What starts it; `values` are those of the deployment, as in `deploy/example.env`."""


class Caddy:
    """Over http: with a host name it would ask for a real certificate."""

    certificate = None

    def __init__(self, folder: Path, servers: Sequence[str]) -> None:
        self.host = f"localhost:{free_port()}"
        self.url = f"http://{self.host}"
        self.variables = {"SITE": self.url, "STUDIO_SERVERS": " ".join(servers)}

    @staticmethod
    def hashed(password: str) -> str:
        command = [CADDY, "hash-password", "--plaintext", password]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def command(self, values: dict[str, str]) -> list[str]:
        return [CADDY, "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]


class Nginx:
    """Over https, with a certificate that was made for the test."""

    def __init__(self, folder: Path, servers: Sequence[str]) -> None:
        port = free_port()
        self.host = f"localhost:{port}"
        self.url = f"https://{self.host}"
        self.variables: dict[str, str] = {}
        self._folder = folder / "nginx"
        self._folder.mkdir()
        self.certificate: str | None = str(self._folder / "certificate.pem")
        make_certificate(Path(self.certificate), self._folder / "key.pem")
        self._values = {
            "HTTP_PORT": str(free_port()),
            "HTTPS_PORT": str(port),
            "STUDIO_NAME": "localhost",
            "STUDIO_HOST": self.host,
            "STUDIO_SERVERS": " ".join(f"server {server} fail_timeout=2s;" for server in servers),
            "STUDIO_CERTIFICATE": self.certificate,
            "STUDIO_CERTIFICATE_KEY": str(self._folder / "key.pem"),
            "STUDIO_PASSWORDS": str(self._folder / "passwords"),
        }

    @staticmethod
    def hashed(password: str) -> str:
        return f"{{PLAIN}}{password}"

    def command(self, values: dict[str, str]) -> list[str]:
        """Also fills its files in; `envsubst` does the same with the template."""
        template = (ROOT / "deploy" / "nginx.conf.template").read_text("utf-8")
        filled = re.sub(r"\$\{(\w+)\}", lambda found: self._values[found[1]], template)
        (self._folder / "studio.conf").write_text(filled)
        (self._folder / "main.conf").write_text(MAIN.format(folder=self._folder, user=getpass.getuser()))
        (self._folder / "passwords").write_text("{STUDIO_USER}:{STUDIO_PASSWORD_HASH}\n".format_map(values))
        return [str(find_nginx()), "-p", str(self._folder), "-c", str(self._folder / "main.conf")]


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path=NGINX_PLACES)


def make_certificate(file: Path, key_file: Path) -> None:
    """For `localhost`, trusted by nobody who is not given the file; it ends in a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encodings = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(*encodings))
