"""OpenSSL's language for choosing cipher suites, on the suites that Java has, too."""

import ssl

KNOWN = {
    f"{exchange}-{cipher}"
    for exchange in ("ECDHE-ECDSA", "ECDHE-RSA", "DHE-RSA")
    for cipher in (
        "AES256-GCM-SHA384",
        "AES128-GCM-SHA256",
        "CHACHA20-POLY1305",
        "AES256-SHA384" if exchange != "DHE-RSA" else "AES256-SHA256",
        "AES128-SHA256",
        "AES256-SHA",
        "AES128-SHA",
    )
}

for rule in (
    "ALL",
    "DEFAULT",
    "HIGH:!aNULL",
    "AESGCM",
    "ECDHE+AESGCM:DHE+CHACHA20",
    "ECDHE:ECDSA:!NULL:!aRSA",
    "kEDH",
    "AES128,AES256",
    "AES256 !SHA1",
    "SHA384:-ECDHE-RSA-AES256-SHA384",
    "AES:+AES256",
    "AES128:CHACHA20:AES256:@STRENGTH",
    "ALL:!DHE:!SHA1:!SHA256:!SHA384",
    "!ECDHE:ALL",
    "ECDHE-RSA-AES128-GCM-SHA256:nonsense",
    "TLSv1.2+AES128+aRSA",
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers(rule)
    ciphers = context.get_ciphers()
    print(rule)
    print("   ", [c["name"] for c in ciphers if c["protocol"] == "TLSv1.3"])
    print("   ", [c["name"] for c in ciphers if c["name"] in KNOWN])

for rule in ("nonsense", "ALL:!ALL", "^$:,;?*'dorothyx"):
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).set_ciphers(rule)
    except ssl.SSLError as e:
        print(rule, e)

context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
for c in context.get_ciphers():
    print(c)
context.set_ciphers("@SECLEVEL=1:ECDHE-RSA-AES128-SHA")
print(context.security_level, context.get_ciphers()[-1])
