"""TLS between threads of one process, over sockets and over memory.

The certificates are for the names "localhost" and "other", by an authority of their own, and hold
for a hundred years.
"""

import asyncio
import http.client
import http.server
import os
import socket
import ssl
import tempfile
import threading
import urllib.request

CA = """\
-----BEGIN CERTIFICATE-----
MIIBsjCCAVegAwIBAgIUA9ZErk0q5qxl4ubwZ1eY9nftHhkwCgYIKoZIzj0EAwIw
JTETMBEGA1UEAwwKUmVncmVzcyBDQTEOMAwGA1UECgwFUGxhaXQwIBcNMjYxMTIx
MTE1MDQ3WhgPMjEyNjEwMjgxMTUwNDdaMCUxEzARBgNVBAMMClJlZ3Jlc3MgQ0Ex
DjAMBgNVBAoMBVBsYWl0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENmQEAQho
A/fYoCg/CcD7TEty+7OfPPJ6p5GaDIE5fDeHiDDcPJE/TVhpa4GF+nB0fyuvxPGf
sIZZa2ivScaoJqNjMGEwHQYDVR0OBBYEFHIZLqIbIY/+jZI77mnQtIhSX+U6MB8G
A1UdIwQYMBaAFHIZLqIbIY/+jZI77mnQtIhSX+U6MA8GA1UdEwEB/wQFMAMBAf8w
DgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0kAMEYCIQDpol1kafZ7bxmvQGoZ
XUFTcUbgbSqTryiJBwqXU1pl6wIhAIB/5se/H07LPNAY2uD4mjC/JM47TrRECUMB
y0VUsp0s
-----END CERTIFICATE-----
"""

LOCALHOST = """\
-----BEGIN CERTIFICATE-----
MIIBpzCCAUygAwIBAgIUSij2JNQiFPcrceLZP3MK4pH6F5EwCgYIKoZIzj0EAwIw
JTETMBEGA1UEAwwKUmVncmVzcyBDQTEOMAwGA1UECgwFUGxhaXQwIBcNMjYxMTIx
MTE1MDQ3WhgPMjEyNjEwMjgxMTUwNDdaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABCRQTCESbigMZgtkQ+n0ihFaQmHKbNhE
LYk0cDhlx08WRod5+6rOXhRv6KMgS8V9DxxsVBJKCq3PI+wR/1GKX0KjaTBnMBoG
A1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAfBgNVHSMEGDAWgBRyGS6iGyGP/o2S
O+5p0LSIUl/lOjAdBgNVHQ4EFgQUQBH+41LT3T0SCH/im2PAeBFo72QwCQYDVR0T
BAIwADAKBggqhkjOPQQDAgNJADBGAiEApqol236hWdON0e2k+PsncmjjwivcvRGB
Hd6mBNI4JjMCIQDT02FwmwXeJ3zYD9xM0vWm3i6HWHNEi8n/M1WL3ufIkQ==
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9BIgI7o0QMQvv/zx
iw0Xj/DhGuy5j4ABP8YbA9vXA6ehRANCAAQkUEwhEm4oDGYLZEPp9IoRWkJhymzY
RC2JNHA4ZcdPFkaHefuqzl4Ub+ijIEvFfQ8cbFQSSgqtzyPsEf9Ril9C
-----END PRIVATE KEY-----
"""

OTHER = """\
-----BEGIN CERTIFICATE-----
MIIBnzCCAUSgAwIBAgIUSij2JNQiFPcrceLZP3MK4pH6F5IwCgYIKoZIzj0EAwIw
JTETMBEGA1UEAwwKUmVncmVzcyBDQTEOMAwGA1UECgwFUGxhaXQwIBcNMjYxMTIx
MTE1MDQ3WhgPMjEyNjEwMjgxMTUwNDdaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYH
KoZIzj0CAQYIKoZIzj0DAQcDQgAE/g72oBLfgUkbSKNbBfA4HA0qhcwMnlYELqfP
wVOhMOus1DYZ/fMEd8B+rpBwL33TJAJl+i7RRmFBR5I3hm48V6NlMGMwFgYDVR0R
BA8wDYIFb3RoZXKHBH8AAAEwHwYDVR0jBBgwFoAUchkuohshj/6NkjvuadC0iFJf
5TowHQYDVR0OBBYEFOXbUPzmQxgShxCPPS4S6JFcThQLMAkGA1UdEwQCMAAwCgYI
KoZIzj0EAwIDSQAwRgIhANoYxxwOfrquxiV6lTfSjz5L+cudo+TfXykJV28k3k/7
AiEAtNp64iqrtGhKI93xZKtHUYLPCeLweKGzonhOlUT04GM=
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNiBtZQ/WJUf7Xbgr
4z3bb6eZ187vVkRjbZ8RbgrOuFOhRANCAAT+DvagEt+BSRtIo1sF8DgcDSqFzAye
VgQup8/BU6Ew66zUNhn98wR3wH6ukHAvfdMkAmX6LtFGYUFHkjeGbjxX
-----END PRIVATE KEY-----
"""

LOCALHOST_CERTIFICATE = LOCALHOST[: LOCALHOST.index("-----BEGIN PRIVATE KEY")]

# Its key, encrypted in three ways.
ENCRYPTED = [
    """\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh4aveM63+9vwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEG68hwuQbe9YdGuDCdgiie4EgZCt
dW8UhVO2hiOSInwXXRNqecLmGFSDJO/1fFQHo9GFfZBzo1N412WaaNfQdFttFbrd
UZEafuJje66xn0APZfYCP1Hqe5LIrASlETzdZRg7kzVAZCjcmxk0114O/45o/x3V
GEOKc31Mq8sRpIJrjwNnnPTKTGx82WV6g5Iza5G1KnADG23jERzrhrDdMAMywMg=
-----END ENCRYPTED PRIVATE KEY-----
""",
    """\
-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,88531990EFB6E0F064546DD42510B896

CwgcNfax2Rx+Fi+q+l+dgmwQEhMkDr4LYkyYG+tC83gqEkveMxMI91bELBgXH9/v
O1p9KSygSNrKisQMEPLV4fb2MFQfJaeC+nlKa3Z+S3FTHuO+t/Ja2F2MO3XOO4yN
7Xim0fVLokbJYOmun7fG7G/cm+U5jk97/tQggar5ir8=
-----END EC PRIVATE KEY-----
""",
    """\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhXBzzixIw6fgICQAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBAN0N/gftN2VfLPCw4BClX+BIGQ/VchM6XpQxST
U3lmVcS+3qctyt63bIn3qWwM5ekOO0EWjMfwNXy/QptFZAL4+bXZqFuKHfis1JdA
vWSBO5rUjb+cZoYTOO0x/wUG/+ARqx24QAP7sfFUfPZPFCr66KH7j9uscLSfZQsm
fU0q5pc4YdrH3ZTaej08Dupq9ce+TQHLklCchOrBewOnA2dLR51Z
-----END ENCRYPTED PRIVATE KEY-----
""",
]

folder = tempfile.TemporaryDirectory()


def file(name, text):
    path = os.path.join(folder.name, name)
    with open(path, "w") as f:
        f.write(text)
    return path


ca = file("ca.pem", CA)
localhost = file("localhost.pem", LOCALHOST)
other = file("other.pem", OTHER)


def contexts(cert=localhost, version=None):
    client = ssl.create_default_context(cafile=ca)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(cert)
    if version:
        client.maximum_version = client.minimum_version = version
    return client, server


def error(e):
    text = str(e)
    return type(e).__name__ + ": " + text.partition(" (_ssl.c")[0]


def pair(client, server, hostname="localhost", **kwargs):
    """A connected pair, or the error of each side."""
    a, b = socket.socketpair()
    result = [None, None]

    def serve():
        try:
            result[1] = server.wrap_socket(b, server_side=True)
        except OSError as e:
            result[1] = error(e)
            b.close()

    t = threading.Thread(target=serve)
    t.start()
    try:
        result[0] = client.wrap_socket(a, server_hostname=hostname, **kwargs)
    except OSError as e:
        result[0] = error(e)
        a.close()
    t.join()
    return result


VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)

print("-- certificates of both ends")
for version in VERSIONS:
    client, server = contexts(version=version)
    server.verify_mode = ssl.CERT_REQUIRED
    server.load_verify_locations(ca)
    client.load_cert_chain(other)
    c, s = pair(client, server)
    c.sendall(b"hello")
    print(c.version(), s.recv(100), c.cipher() == s.cipher())
    print(c.getpeercert()["subjectAltName"], s.getpeercert()["subject"])
    print(c.getpeercert(True) == ssl.PEM_cert_to_DER_cert(LOCALHOST_CERTIFICATE))
    print(len(c.get_verified_chain()), len(s.get_verified_chain()))
    print(c._sslobj.get_verified_chain(), c._sslobj.get_unverified_chain()[0])
    c.close()
    s.close()

print("-- what is not accepted")
for version in VERSIONS:
    client, server = contexts(version=version)
    print(pair(client, server, "other.example")[0])
    print(pair(client, server, "127.0.0.2")[0])
    nobody = ssl.create_default_context()
    print(pair(nobody, server)[0])
    server.verify_mode = ssl.CERT_REQUIRED
    print(pair(client, server)[1])
client, server = contexts(version=ssl.TLSVersion.TLSv1_2)
server.minimum_version = ssl.TLSVersion.TLSv1_3
print(pair(client, server))

print("-- addresses, protocols above TLS, names")
client, server = contexts()
client.set_alpn_protocols(["h2", "http/1.1"])
server.set_alpn_protocols(["spdy", "http/1.1"])
c, s = pair(client, server, "127.0.0.1")
print(c.selected_alpn_protocol(), s.selected_alpn_protocol())
c.close()
s.close()
asked = []


def choose(sock, name, context):
    asked.append((name, type(sock).__name__, context is server))
    if name == "other":
        sock.context = contexts(other)[1]


client, server = contexts()
server.sni_callback = choose
for name in ("localhost", "other"):
    c, s = pair(client, server, name)
    print(c.getpeercert()["subject"], asked)
    c.close()
    s.close()

print("-- encrypted keys")
for text in ENCRYPTED:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate, key = file("c.pem", LOCALHOST_CERTIFICATE), file("k.pem", text)
    context.load_cert_chain(certificate, key, lambda: "secret")
    try:
        context.load_cert_chain(certificate, key, "wrong")
    except ssl.SSLError as e:
        print(e.library)
    c, s = pair(contexts()[0], context)
    print(c.getpeercert()["subject"])
    c.close()
    s.close()

print("-- sessions")
client, server = contexts(version=ssl.TLSVersion.TLSv1_2)
c, s = pair(client, server)
session = c.session
print(c.session_reused, s.session_reused)
for given in (session, None, session):
    c, s = pair(client, server, session=given)
    print(c.session_reused, s.session_reused, c.session == session, len(c.session.id))
    c.close()
    s.close()

print("-- one thread reads while another writes")
SIZE = 3_000_000
for version in VERSIONS:
    c, s = pair(*contexts(version=version))

    def send(sock, byte):
        sock.sendall(byte * SIZE)

    def receive(sock, result):
        data = bytearray()
        while len(data) < SIZE:
            data += sock.recv(70_000)
        result.append((len(data), bytes(set(data))))

    got_c, got_s = [], []
    threads = [
        threading.Thread(target=send, args=(c, b"c")),
        threading.Thread(target=send, args=(s, b"s")),
        threading.Thread(target=receive, args=(c, got_c)),
        threading.Thread(target=receive, args=(s, got_s)),
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(got_c, got_s)
    c.close()
    s.close()

print("-- time-outs and non-blocking")
c, s = pair(*contexts())
c.settimeout(0.05)
try:
    c.recv(1)
except TimeoutError as e:
    print(e)
try:
    while True:
        c.send(b"x" * 16384)
except TimeoutError as e:
    print(e)
s.setblocking(False)
total = 0
try:
    while True:
        total += len(s.recv(100_000))
except ssl.SSLWantReadError as e:
    print(error(e), total > 0)
c.close()
s.close()
a, b = socket.socketpair()
a.settimeout(0.05)
try:
    contexts()[0].wrap_socket(a, server_hostname="localhost")
except TimeoutError as e:
    print(str(e).partition(": ")[2])
a.close()
b.close()

print("-- out of TLS again")
for version in VERSIONS:
    c, s = pair(*contexts(version=version))
    c.sendall(b"last")
    print(s.recv(100))
    t = threading.Thread(target=lambda: plain.append(s.unwrap()))
    plain = []
    t.start()
    a = c.unwrap()
    t.join()
    a.sendall(b"clear")
    print(plain[0].recv(100), c._sslobj)
    a.close()
    plain[0].close()

print("-- the end")
for version in VERSIONS:
    c, s = pair(*contexts(version=version))
    s.sendall(b"abc")
    s.sendall(b"def")
    t = threading.Thread(target=s.unwrap)
    t.start()
    print(c.recv(3), c.recv(3), c.recv(3))
    c.unwrap().close()
    t.join()

print("-- HTTPS")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"you asked for {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


client, server = contexts()
httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
httpd.socket = server.wrap_socket(httpd.socket, server_side=True)
port = httpd.server_address[1]
t = threading.Thread(target=httpd.serve_forever)
t.start()
results = []


def ask(i):
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=client)
    for k in range(3):
        connection.request("GET", f"/{i}/{k}")
        results.append(connection.getresponse().read().decode())
    connection.close()


threads = [threading.Thread(target=ask, args=(i,)) for i in range(5)]
for x in threads:
    x.start()
for x in threads:
    x.join()
print(len(results), sorted(results)[0], sorted(results)[-1])
with urllib.request.urlopen(f"https://127.0.0.1:{port}/urllib", context=client) as r:
    print(r.status, r.read())
httpd.shutdown()
httpd.server_close()
t.join()

print("-- asyncio")


async def echo(reader, writer):
    writer.write((await reader.readline()).upper())
    await writer.drain()
    writer.close()


async def main():
    client, server = contexts()
    async with await asyncio.start_server(echo, "127.0.0.1", 0, ssl=server) as srv:
        port = srv.sockets[0].getsockname()[1]

        async def one(i):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client)
            writer.write(f"message {i}\n".encode())
            answer = await reader.read()
            writer.close()
            await writer.wait_closed()
            return answer

        print(await asyncio.gather(*(one(i) for i in range(5))))


asyncio.run(main())
folder.cleanup()
